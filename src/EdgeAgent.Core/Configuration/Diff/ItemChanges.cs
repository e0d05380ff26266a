namespace EdgeAgent.Core.Configuration;

/// <summary>Names of the items that differ between two lists.</summary>
public sealed record ItemChanges(IReadOnlyList<string> Added, IReadOnlyList<string> Removed, IReadOnlyList<string> Changed)
{
    public bool IsEmpty => Added.Count + Removed.Count + Changed.Count == 0;

    internal static ItemChanges Between<T>(Dictionary<string, T> before, Dictionary<string, T> after, Func<T, T, bool> same) => new(
        [.. after.Keys.Where(name => !before.ContainsKey(name))],
        [.. before.Keys.Where(name => !after.ContainsKey(name))],
        [.. after.Where(item => before.TryGetValue(item.Key, out T? old) && !same(old, item.Value)).Select(static item => item.Key)]);
}
