using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Asking;

/// <summary>How asking a server ended, and what that means for readings and for people.</summary>
/// <param name="Status">HTTP status; 0 when none came.</param>
/// <param name="Detail">What else is known.</param>
internal readonly record struct HttpAnswer(HttpAnswerKind Kind, int Status = 0, string? Detail = null)
{
    public Quality Quality => Kind switch
    {
        HttpAnswerKind.Ok => Quality.Good,
        HttpAnswerKind.Silent => Quality.BadTimeout,
        HttpAnswerKind.Unreachable => Quality.BadNotConnected,
        HttpAnswerKind.Broken or HttpAnswerKind.TooLong => Quality.BadDecodingError,
        _ => Status switch
        {
            405 or 501 => Quality.BadNotSupported,
            502 or 504 => Quality.BadNoCommunication,
            503 => Quality.BadOutOfService,
            >= 500 => Quality.BadDeviceFailure,
            _ => Quality.BadOutOfService,
        },
    };

    public string TextOf(HttpQuestion question) => $"{question.Name}: " + Kind switch
    {
        HttpAnswerKind.Silent => "no whole answer in time",
        HttpAnswerKind.Unreachable => $"no connection: {Detail}",
        HttpAnswerKind.Broken => $"the answer cannot be read: {Detail}",
        HttpAnswerKind.TooLong => $"the answer is longer than {Detail} bytes: ask for less, or raise responseBytesMax",
        _ => $"answers {Status}{Advice}",
    };

    private string Advice => Status switch
    {
        >= 300 and < 400 when Detail is not null => $", that is, look at {Detail}: put that address into the configuration",
        400 => ": the server does not understand the request; compare path and body with its document",
        401 => ": it wants credentials, or does not accept ours; check user and password, or token",
        403 => ": our user may not read this; let the server's administrator permit it",
        404 or 410 => ": there is nothing at this path; compare it with the server's document",
        405 => ": it wants another method; try get or post",
        429 => ": we ask too often; choose a scan class with a longer period",
        502 or 504 => ": the server does not reach the device behind it",
        503 => ": the server is busy or starting",
        >= 500 => ": the server has a fault of its own; see its log",
        _ => "",
    };
}
