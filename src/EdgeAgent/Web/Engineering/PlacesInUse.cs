using EdgeAgent.Web.Api;

namespace EdgeAgent.Web.Engineering;

/// <summary>Lets one question at a time go to an address: two people who try the same device would both see nonsense.</summary>
internal sealed class PlacesInUse
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <returns>Gives the place back.</returns>
    /// <exception cref="ApiProblem">Somebody else is asking there.</exception>
    public IDisposable Take(string place)
    {
        lock (_gate)
        {
            return _taken.Add(place)
                ? new Turn(this, place)
                : throw ApiProblem.Conflict(new($"{place} 正在被另一次试读或扫描使用，请稍后再试。", $"{place} is in use by another test read or scan. Try again in a moment."));
        }
    }

    private sealed class Turn(PlacesInUse places, string place) : IDisposable
    {
        public void Dispose()
        {
            lock (places._gate)
            {
                places._taken.Remove(place);
            }
        }
    }
}
