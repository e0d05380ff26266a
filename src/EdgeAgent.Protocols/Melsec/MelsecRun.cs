namespace EdgeAgent.Protocols.Melsec;

/// <summary>A run of words to read. Bits are read as words, sixteen at a time.</summary>
/// <param name="Area">The device area.</param>
/// <param name="Start">First device; a multiple of 16 for bits.</param>
/// <param name="Words">Words, 1 to <see cref="MelsecFrames.WordsMax"/>.</param>
public readonly record struct MelsecRun(MelsecArea Area, int Start, int Words);
