using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Access.Accounts;

/// <summary>Counts wrong passwords and closes the door for a while: to a name, whether somebody has it or not, and to an address.</summary>
/// <remarks>Counted in memory by the monotonic clock, and kept in a file for the next start: a restart is no way around a closed door.</remarks>
internal sealed class LoginGuard
{
    public const int WrongMax = 5;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int KeysMax = 10_000;

    /// <summary>What is kept over a restart: those that were tried last.</summary>
    private const int KeptMax = 1000;

    private readonly TimeProvider _time;
    private readonly PrivateFile<WrongAttempts> _file;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<long>> _wrong = [];

    public LoginGuard(string dataDirectory, TimeProvider time)
    {
        _time = time;
        _file = new PrivateFile<WrongAttempts>(
            Path.Combine(dataDirectory, "login-attempts.json"), LoginGuardJson.Default.ListWrongAttempts, "Wrong attempts before this start are not counted; remove it.");
        Load();
    }

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
                    TimeSpan left = Window - _time.GetElapsedTime(wrong.ElementAt(wrong.Count - WrongMax));
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
                wrong.Enqueue(_time.GetTimestamp());
                closed |= wrong.Count == WrongMax;
            }

            Keep();
            return closed;
        }
    }

    /// <summary>Forgets what was wrong with a name. The network's count stays: whoever has one account may still guess at others.</summary>
    public void NoteRight(string name)
    {
        lock (_gate)
        {
            if (_wrong.Remove(KeysOf(name, "")[0]))
            {
                Keep();
            }
        }
    }

    private static string[] KeysOf(string name, string network) => [HashOf("name " + name), HashOf("from " + network)];

    /// <summary>Of one length, whatever somebody sends as a name.</summary>
    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.ToUpperInvariant())).AsSpan(0, 16));

    private Queue<long>? Recent(string key)
    {
        if (!_wrong.TryGetValue(key, out Queue<long>? wrong))
        {
            return null;
        }

        while (wrong.TryPeek(out long at) && _time.GetElapsedTime(at) >= Window)
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

    private void Load()
    {
        try
        {
            (DateTimeOffset now, long stamp) = (_time.GetUtcNow(), _time.GetTimestamp());
            foreach (WrongAttempts kept in _file.Read().Take(KeptMax))
            {
                // A clock that was set meanwhile neither opens a door for good nor closes one for longer than the window.
                IEnumerable<TimeSpan> ages = kept.At.Select(at => now > at ? now - at : TimeSpan.Zero).Where(age => age < Window).OrderDescending();
                Queue<long> wrong = new(ages.Select(age => stamp - (long)(age.TotalSeconds * _time.TimestampFrequency)));
                if (wrong.Count > 0)
                {
                    _wrong[kept.Key] = wrong;
                }
            }
        }
        catch (IOException)
        {
            // A damaged list must not keep people from logging in; the next wrong attempt tells nobody less than before.
        }
    }

    private void Keep()
    {
        DateTimeOffset now = _time.GetUtcNow();
        List<WrongAttempts> kept =
        [
            .. _wrong.Where(w => Recent(w.Key) is { Count: > 0 }).OrderByDescending(w => w.Value.Last()).Take(KeptMax)
                .Select(w => new WrongAttempts(w.Key, [.. w.Value.TakeLast(WrongMax).Select(at => now - _time.GetElapsedTime(at))])),
        ];
        try
        {
            _file.Replace(kept);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A full disk takes the memory over a restart, not the lock-out.
        }
    }
}

/// <param name="Key">Hash of a name or a network.</param>
internal sealed record WrongAttempts(string Key, IReadOnlyList<DateTimeOffset> At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<WrongAttempts>))]
internal sealed partial class LoginGuardJson : JsonSerializerContext;
