namespace EdgeAgent.Core.Model;

/// <summary>The quality of a reading: an OPC UA StatusCode (OPC 10000-4 §7.39), kept bit-exact.</summary>
/// <remarks>The two top bits are the severity: 00 good, 01 uncertain, 10 bad (11 is reserved and treated as bad).
/// Drivers of other protocols map their outcome to one of the constants below at the edge.</remarks>
public readonly record struct Quality(uint Code)
{
    public static readonly Quality Good = new(0x0000_0000);

    public static readonly Quality Uncertain = new(0x4000_0000);
    /// <summary>The value was held over from an earlier reading.</summary>
    public static readonly Quality UncertainLastUsableValue = new(0x4090_0000);
    /// <summary>The value lies outside the limits configured for its tag.</summary>
    public static readonly Quality UncertainEngineeringUnitsExceeded = new(0x4094_0000);

    public static readonly Quality Bad = new(0x8000_0000);
    public static readonly Quality BadUnexpectedError = new(0x8001_0000);
    public static readonly Quality BadCommunicationError = new(0x8005_0000);
    /// <summary>The answer came but could not be read: checksum, framing, length or type.</summary>
    public static readonly Quality BadDecodingError = new(0x8007_0000);
    public static readonly Quality BadTimeout = new(0x800A_0000);
    public static readonly Quality BadNoCommunication = new(0x8031_0000);
    public static readonly Quality BadWaitingForInitialData = new(0x8032_0000);
    public static readonly Quality BadNodeIdUnknown = new(0x8034_0000);
    public static readonly Quality BadOutOfRange = new(0x803C_0000);
    public static readonly Quality BadNotSupported = new(0x803D_0000);
    public static readonly Quality BadTypeMismatch = new(0x8074_0000);
    public static readonly Quality BadConfigurationError = new(0x8089_0000);
    /// <summary>There is no connection to the endpoint.</summary>
    public static readonly Quality BadNotConnected = new(0x808A_0000);
    public static readonly Quality BadDeviceFailure = new(0x808B_0000);
    public static readonly Quality BadSensorFailure = new(0x808C_0000);
    /// <summary>The device is there but does not serve now (busy, quarantined, address refused).</summary>
    public static readonly Quality BadOutOfService = new(0x808D_0000);

    public bool IsGood => Code >> 30 == 0;
    public bool IsUncertain => Code >> 30 == 1;
    public bool IsBad => Code >> 31 == 1;

    public override string ToString() => QualityNames.Name(this);
}
