using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>How a reading ended.</summary>
/// <param name="DataBytes">Length of the data without its identifier, when Ok.</param>
/// <param name="Error">The meter's error word, when it refused.</param>
public readonly record struct Dlt645Result(ExchangeStatus Status, int DataBytes = 0, byte Error = 0)
{
    /// <summary>The meter has no such data item (bit 1 of the error word).</summary>
    public bool HasNoSuchData => Status == ExchangeStatus.Refused && (Error & 0x02) != 0;

    /// <summary>The meter wants a password (bit 2).</summary>
    public bool NeedsPassword => Status == ExchangeStatus.Refused && (Error & 0x04) != 0;

    /// <summary>The error word in words (2007: 7.3, figure 3).</summary>
    public string ErrorText => string.Join(", ", Names());

    private IEnumerable<string> Names()
    {
        string[] names =
        [
            "another error", "no such data (无请求数据)", "password wrong or not authorised (密码错/未授权)", "baud rate cannot change",
            "too many time zones", "too many day periods", "too many tariffs", "reserved bit 7",
        ];
        for (var bit = 0; bit < names.Length; bit++)
        {
            if ((Error & (1 << bit)) != 0)
            {
                yield return names[bit];
            }
        }

        if (Error == 0)
        {
            yield return "no reason given";
        }
    }
}
