namespace EdgeAgent.Protocols.Serial;

/// <summary>The parity bit of each character on a serial line.</summary>
public enum SerialParity : byte
{
    None,
    Even,
    Odd,

    /// <summary>Always 1; some old meters and controllers.</summary>
    Mark,

    /// <summary>Always 0.</summary>
    Space,
}
