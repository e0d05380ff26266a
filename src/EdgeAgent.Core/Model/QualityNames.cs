namespace EdgeAgent.Core.Model;

/// <summary>The printed names of the qualities that this program assigns itself; other codes print as hexadecimal.</summary>
internal static class QualityNames
{
    private static readonly Dictionary<uint, string> Names = new Dictionary<uint, string>
    {
        [Quality.Good.Code] = nameof(Quality.Good),
        [Quality.Uncertain.Code] = nameof(Quality.Uncertain),
        [Quality.UncertainLastUsableValue.Code] = nameof(Quality.UncertainLastUsableValue),
        [Quality.UncertainEngineeringUnitsExceeded.Code] = nameof(Quality.UncertainEngineeringUnitsExceeded),
        [Quality.Bad.Code] = nameof(Quality.Bad),
        [Quality.BadUnexpectedError.Code] = nameof(Quality.BadUnexpectedError),
        [Quality.BadCommunicationError.Code] = nameof(Quality.BadCommunicationError),
        [Quality.BadDecodingError.Code] = nameof(Quality.BadDecodingError),
        [Quality.BadTimeout.Code] = nameof(Quality.BadTimeout),
        [Quality.BadNoCommunication.Code] = nameof(Quality.BadNoCommunication),
        [Quality.BadWaitingForInitialData.Code] = nameof(Quality.BadWaitingForInitialData),
        [Quality.BadNodeIdUnknown.Code] = nameof(Quality.BadNodeIdUnknown),
        [Quality.BadOutOfRange.Code] = nameof(Quality.BadOutOfRange),
        [Quality.BadNotSupported.Code] = nameof(Quality.BadNotSupported),
        [Quality.BadTypeMismatch.Code] = nameof(Quality.BadTypeMismatch),
        [Quality.BadConfigurationError.Code] = nameof(Quality.BadConfigurationError),
        [Quality.BadNotConnected.Code] = nameof(Quality.BadNotConnected),
        [Quality.BadDeviceFailure.Code] = nameof(Quality.BadDeviceFailure),
        [Quality.BadSensorFailure.Code] = nameof(Quality.BadSensorFailure),
        [Quality.BadOutOfService.Code] = nameof(Quality.BadOutOfService),
    };

    public static string Name(Quality quality) =>
        Names.TryGetValue(quality.Code, out string? name) ? name : $"0x{quality.Code:X8}";
}
