namespace EdgeAgent.Assessment.Evidence;

/// <summary>One file as the manifest states it.</summary>
/// <param name="Crc32">The ZIP check sum, 8 hexadecimal digits, so that no field of the container is outside the signature.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
public sealed record PackFile(string Path, long Bytes, string Crc32, string Sha256);
