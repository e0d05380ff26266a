using System.Net;

namespace EdgeAgent.Store.Influx;

/// <summary>How a write ended, as far as the caller must act on it.</summary>
internal enum InfluxWriteOutcome
{
    Written,
    /// <summary>Some lines were refused and the others written.</summary>
    Partial,
    /// <summary>Refused as too large: send it in pieces.</summary>
    TooLarge,
}

/// <param name="Problem">What the server said.</param>
internal readonly record struct InfluxWriteAnswer(InfluxWriteOutcome Outcome, string Problem)
{
    public static InfluxWriteAnswer Of(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.RequestEntityTooLarge => new(InfluxWriteOutcome.TooLarge, body),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new(InfluxWriteOutcome.Partial, body),
        _ => new(InfluxWriteOutcome.Written, ""),
    };
}
