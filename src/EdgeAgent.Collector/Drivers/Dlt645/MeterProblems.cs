using System.Globalization;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Collector.Drivers.Dlt645;

/// <summary>What a failed request means for readings and for people. The last text is kept, so that a lasting problem allocates once.</summary>
internal sealed class MeterProblems(Meter meter)
{
    private (uint Identifier, Dlt645Result Result) _key;
    private string _text = "";
    private Dlt645Tag? _dataKey;
    private string _dataText = "";

    public static Quality QualityOf(in Dlt645Result result) => result.Status switch
    {
        ExchangeStatus.Timeout => Quality.BadTimeout,
        ExchangeStatus.BadFrame => Quality.BadDecodingError,
        ExchangeStatus.Disconnected => Quality.BadNotConnected,
        _ when result.HasNoSuchData => Quality.BadOutOfService,
        _ when result.NeedsPassword => Quality.BadNotSupported,
        _ => Quality.BadDeviceFailure,
    };

    public string TextOf(in Dlt645Result result, uint identifier)
    {
        if (_key != (identifier, result) || _text.Length == 0)
        {
            _key = (identifier, result);
            string item = identifier.ToString("X" + (2 * DataIdentifiers.Bytes(meter.Version)), CultureInfo.InvariantCulture);
            _text = result.Status switch
            {
                ExchangeStatus.Timeout => $"no answer from meter {meter.Address}",
                ExchangeStatus.BadFrame => $"the answer for {item} was damaged or did not fit",
                ExchangeStatus.Disconnected => "the line broke",
                _ => $"meter {meter.Address} refuses {item}: {result.ErrorText}",
            };
        }

        return _text;
    }

    public string OfData(Dlt645Tag tag, int dataBytes)
    {
        if (!ReferenceEquals(_dataKey, tag))
        {
            _dataKey = tag;
            _dataText = $"meter {meter.Address} gives no value for {tag.Identifier:X} in its {dataBytes} bytes (blank, no digits, or too short)";
        }

        return _dataText;
    }
}
