namespace EdgeAgent.Collector.Asking;

/// <summary>Asks the devices of an endpoint who they are.</summary>
internal interface IIdentityReader
{
    /// <returns>By name; empty when it was not told.</returns>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ReadAsync(int device, CancellationToken cancellation);
}

/// <summary>What a device told of itself, with what it left empty left out.</summary>
internal sealed class IdentityFields : List<KeyValuePair<string, string>>
{
    public void Add(string name, string? value)
    {
        if (value?.Trim(' ', '\0') is { Length: > 0 } told)
        {
            Add(new KeyValuePair<string, string>(name, told));
        }
    }
}
