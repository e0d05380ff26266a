namespace EdgeAgent.Web.Access.Accounts;

/// <summary>Counts wrong passwords and closes the door for a while: to a name, whether somebody has it or not, and to an address.</summary>
/// <remarks>Kept in memory: a restart forgets it, which is worth less to a guesser than a restart costs him.</remarks>
internal sealed class LoginGuard(TimeProvider time)
{
    public const int WrongMax = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int KeysMax = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _wrong = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long nobody gets in under this name or from this network; null when the next attempt is open.</summary>
    public TimeSpan? ClosedFor(string name, string network)
    {
        lock (_gate)
        {
            TimeSpan longest = TimeSpan.Zero;
            foreach (string key in KeysOf(name, network))
            {
                if (Recent(key) is { Count: >= WrongMax } wrong)
                {
                    TimeSpan left = Window - time.GetElapsedTime(wrong.ElementAt(wrong.Count - WrongMax));
                    longest = left > longest ? left : longest;
                }
            }

            return longest > TimeSpan.Zero ? longest : null;
        }
    }

    /// <returns>Whether this was the one that closed the door.</returns>
    public bool NoteWrong(string name, string network)
    {
        lock (_gate)
        {
            bool closed = false;
            foreach (string key in KeysOf(name, network))
            {
                Queue<long> wrong = Recent(key) ?? Begin(key);
                wrong.Enqueue(time.GetTimestamp());
                closed |= wrong.Count == WrongMax;
            }

            return closed;
        }
    }

    /// <summary>Forgets what was wrong with a name. The network's count stays: whoever has one account may still guess at others.</summary>
    public void NoteRight(string name)
    {
        lock (_gate)
        {
            _wrong.Remove(KeysOf(name, "")[0]);
        }
    }

    private static string[] KeysOf(string name, string network) => ["name " + name, "from " + network];

    private Queue<long>? Recent(string key)
    {
        if (!_wrong.TryGetValue(key, out Queue<long>? wrong))
        {
            return null;
        }

        while (wrong.TryPeek(out long at) && time.GetElapsedTime(at) >= Window)
        {
            wrong.Dequeue();
        }

        return wrong;
    }

    private Queue<long> Begin(string key)
    {
        if (_wrong.Count >= KeysMax)
        {
            // Somebody invents names by the thousand: what is over goes, and if nothing is, what was tried longest ago.
            string[] over = [.. _wrong.Keys.Where(k => Recent(k) is { Count: 0 })];
            foreach (string stale in over.Length > 0 ? over : [_wrong.MinBy(w => w.Value.Last()).Key])
            {
                _wrong.Remove(stale);
            }
        }

        return _wrong[key] = new Queue<long>();
    }
}
