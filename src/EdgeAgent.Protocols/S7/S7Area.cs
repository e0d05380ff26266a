namespace EdgeAgent.Protocols.S7;

/// <summary>A memory area of a Siemens controller; the numbers are those of the S7 protocol.</summary>
public enum S7Area : byte
{
    /// <summary>Process image of the inputs (I, E).</summary>
    Inputs = 0x81,
    /// <summary>Process image of the outputs (Q, A).</summary>
    Outputs = 0x82,
    /// <summary>Flags (M).</summary>
    Flags = 0x83,
    /// <summary>A data block (DB); the V memory of an S7-200 SMART is DB 1.</summary>
    DataBlock = 0x84,
}
