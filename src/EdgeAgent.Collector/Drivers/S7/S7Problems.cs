using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>What a failed read means for readings and for people. The last text is kept, so that a lasting problem allocates once.</summary>
internal sealed class S7Problems
{
    private (S7ReadResult Result, S7Tag? Tag, S7ItemStatus Item) _key;
    private string _text = "";

    public static Quality QualityOf(in S7ReadResult result) => result.Status switch
    {
        S7ReadStatus.Timeout => Quality.BadTimeout,
        S7ReadStatus.BadFrame => Quality.BadDecodingError,
        S7ReadStatus.Disconnected => Quality.BadNotConnected,
        _ => Quality.BadOutOfService,
    };

    public static Quality QualityOf(S7ItemStatus status) => status switch
    {
        S7ItemStatus.HardwareFault => Quality.BadDeviceFailure,
        S7ItemStatus.TypeNotSupported or S7ItemStatus.TypeInconsistent => Quality.BadNotSupported,
        _ => Quality.BadOutOfService,
    };

    public string TextOf(in S7ReadResult result)
    {
        if (_key != (result, null, default))
        {
            _key = (result, null, default);
            _text = result.Status switch
            {
                S7ReadStatus.Timeout => "no answer",
                S7ReadStatus.BadFrame => "an answer that does not fit its request",
                S7ReadStatus.Disconnected => "the connection broke",
                _ when result.IsAccessRefused =>
                    "the controller refuses to be read: switch on 'Permit access with PUT/GET communication' in its properties (Protection & Security) and load them, or lower its access level",
                _ => $"the controller refuses the job with error {result.Error:X4}",
            };
        }

        return _text;
    }

    public string TextOf(S7Tag tag, S7ItemStatus status)
    {
        if (_key != (default, tag, status))
        {
            _key = (default, tag, status);
            string reason = status switch
            {
                S7ItemStatus.DoesNotExist when tag.Address.Area == S7Area.DataBlock =>
                    $"DB{tag.Address.Block} is not in the controller, or has optimized block access: switch that off in the block's attributes, compile and load",
                S7ItemStatus.AddressOutOfRange => "the address lies beyond the end of the block or area: compare with the block's offsets after the last compilation",
                S7ItemStatus.AccessDenied => "access denied: the block or area is protected",
                S7ItemStatus.HardwareFault => "the module reports a hardware fault",
                _ => $"return code {(byte)status:X2}",
            };
            _text = $"tag '{tag.Name}' ({tag.Address}): {reason}";
        }

        return _text;
    }
}
