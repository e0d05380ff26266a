namespace EdgeAgent.Protocols.Frames;

/// <summary>A number in a frame that tells how long it is.</summary>
/// <param name="Offset">Where it stands, from the start of the frame.</param>
/// <param name="Size">1 or 2 bytes.</param>
/// <param name="LowByteFirst">Of 2 bytes.</param>
/// <param name="Add">Added to it to get the length of the whole frame, start and checksum included.</param>
public sealed record LengthField(int Offset, int Size, bool LowByteFirst, int Add);
