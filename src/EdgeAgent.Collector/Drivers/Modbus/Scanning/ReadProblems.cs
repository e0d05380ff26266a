using EdgeAgent.Collector.Drivers.Modbus.Planning;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Modbus;

namespace EdgeAgent.Collector.Drivers.Modbus.Scanning;

/// <summary>What a failed request means for readings and for people. The last text is kept, so that a lasting problem allocates once.</summary>
internal sealed class ReadProblems
{
    public const string Silent = "no answer";

    private (ReadBlock Block, byte Code) _key;
    private string _text = "";

    public static Quality QualityOf(in ModbusResult result) => result.Status switch
    {
        ModbusStatus.Timeout => Quality.BadTimeout,
        ModbusStatus.BadFrame => Quality.BadDecodingError,
        ModbusStatus.Disconnected => Quality.BadNotConnected,
        _ => result.Exception switch
        {
            ModbusExceptionCode.IllegalFunction => Quality.BadNotSupported,
            ModbusExceptionCode.IllegalDataAddress or ModbusExceptionCode.IllegalDataValue
                or ModbusExceptionCode.Acknowledge or ModbusExceptionCode.ServerDeviceBusy => Quality.BadOutOfService,
            ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailedToRespond => Quality.BadNoCommunication,
            _ => Quality.BadDeviceFailure,
        },
    };

    public string TextOf(in ModbusResult result, in ReadBlock block)
    {
        if (result.Status != ModbusStatus.Exception)
        {
            return result.Status switch
            {
                ModbusStatus.Timeout => Silent,
                ModbusStatus.BadFrame => "an answer that does not fit its request",
                _ => "the connection broke",
            };
        }

        if (_key != (block, result.ExceptionCode) || _text.Length == 0)
        {
            _key = (block, result.ExceptionCode);
            _text = $"exception {result.ExceptionCode} ({Name(result.Exception)}) for "
                + $"{ModbusTagAddress.Prefix(block.Function)}:{block.Address} to {block.End - 1}";
        }

        return _text;
    }

    private static string Name(ModbusExceptionCode code) => code switch
    {
        ModbusExceptionCode.IllegalFunction => "illegal function",
        ModbusExceptionCode.IllegalDataAddress => "illegal data address",
        ModbusExceptionCode.IllegalDataValue => "illegal data value",
        ModbusExceptionCode.ServerDeviceFailure => "server device failure",
        ModbusExceptionCode.Acknowledge => "accepted, takes long",
        ModbusExceptionCode.ServerDeviceBusy => "server device busy",
        ModbusExceptionCode.MemoryParityError => "memory parity error",
        ModbusExceptionCode.GatewayPathUnavailable => "gateway path unavailable",
        ModbusExceptionCode.GatewayTargetFailedToRespond => "gateway target device failed to respond",
        _ => "unknown",
    };
}
