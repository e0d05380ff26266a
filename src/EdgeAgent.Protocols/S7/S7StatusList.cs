namespace EdgeAgent.Protocols.S7;

/// <summary>A list in which a controller tells of itself (system status list), as far as it fits one message.</summary>
/// <param name="RecordBytes">Of each record; 0 when the controller does not have the list.</param>
public readonly record struct S7StatusList(int RecordBytes, byte[] Records);
