using EdgeAgent.Web.Wording;

namespace EdgeAgent.Web.Plant.Devices;

/// <summary>What went to and came from one device last.</summary>
/// <param name="Kept">here: in this process; agent: at an agent in another process, which tells a few only of devices that have a problem; none: the driver keeps none.</param>
/// <param name="Command">What shows them on the agent's machine; null unless they are kept there.</param>
/// <param name="Items">The newest first; empty when nothing has come yet.</param>
internal sealed record FramesView(string Kept, string? Command, IReadOnlyList<FrameView> Items);

/// <param name="Sent">Whether the agent sent it; otherwise the device did.</param>
/// <param name="Hex">The bytes, or the start of many; empty where they are not kept because they may hold secrets.</param>
/// <param name="Text">The same as text, control characters as pictures; null for what is no text.</param>
/// <param name="Meaning">What it says, in a few words; null when the driver does not know.</param>
/// <param name="Bytes">How many there were.</param>
internal sealed record FrameView(DateTimeOffset At, bool Sent, string Hex, string? Text, string? Meaning, int Bytes)
{
    /// <summary>The meaning in Chinese; null where there is none or the phrasebook does not have it.</summary>
    public string? MeaningZh => Phrasebook.Chinese.Known(Meaning);
}
