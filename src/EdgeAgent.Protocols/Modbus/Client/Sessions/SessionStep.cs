namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>What a session made of the bytes at the front of the receive buffer.</summary>
internal ref struct SessionStep
{
    /// <summary>Bytes done with. Zero and no request: more bytes must come.</summary>
    public int Consumed;

    /// <summary>A request that was taken out of the session, or null.</summary>
    public PendingRequest? Request;

    /// <summary>The request must be sent (again) rather than completed.</summary>
    public bool SendAgain;

    public ModbusResult Result;

    /// <summary>The data to copy to the caller when the result is Ok; lies in the receive buffer or in the session's own.</summary>
    public ReadOnlySpan<byte> Data;

    public static SessionStep NeedMore => default;

    public static SessionStep Skip(int bytes) => new() { Consumed = bytes };
}
