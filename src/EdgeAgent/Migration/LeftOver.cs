namespace EdgeAgent.Migration;

/// <summary>Something of the other program's project that is not, or not quite, in the new configuration.</summary>
/// <param name="Where">Which channel, device or tag, in the other program's names.</param>
/// <param name="Why">What it is and what to do about it.</param>
internal sealed record LeftOver(string Where, string Why)
{
    public override string ToString() => $"{Where}: {Why}";
}
