namespace EdgeAgent.Collector.Acceptance;

/// <summary>The file beside a record that proves which agent made it.</summary>
/// <param name="Format">As in the record.</param>
/// <param name="Sha256">Hash of the record's bytes, in hexadecimal digits.</param>
/// <param name="PublicKey">The agent's key, SubjectPublicKeyInfo in DER.</param>
/// <param name="Signature">ECDSA P-256 over the hash: r and s, 32 bytes each (IEEE P1363).</param>
public sealed record AcceptanceSignature(string Format, string Sha256, byte[] PublicKey, byte[] Signature);
