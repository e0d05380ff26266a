using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Collector.Drivers.Http;

/// <summary>One request and how to read its answer.</summary>
public sealed record HttpRequestSettings
{
    [Description("Name by which tags refer to it when the device has several requests: NAME:PATH.")]
    [DefaultValue("")]
    public string Name { get; init; } = "";

    [Description("Appended to the endpoint's address, with its query: api/v1/status?unit=3.")]
    [DefaultValue("")]
    public string Path { get; init; } = "";

    [Description("get or post.")]
    [JsonConverter(typeof(LowerCaseEnumConverter<HttpVerb>))]
    [DefaultValue(HttpVerb.Get)]
    public HttpVerb Method { get; init; }

    [Description("What a post sends: the query.")]
    public string? Body { get; init; }

    [Description("Type of the body.")]
    [DefaultValue("application/json")]
    public string ContentType { get; init; } = "application/json";

    [Description("Path in the answer to the time of its values: ISO 8601, or a number since 1970; left out, the time of the answer.")]
    public string? Time { get; init; }

    [Description("Offset from UTC, in hours, of times that name no zone.")]
    [DefaultValue(8), Range(-12, 14)]
    public int UtcOffsetHours { get; init; } = 8;

    [Description("Milliseconds after which values of that time are only the last usable ones; left out, however old they are.")]
    [Range(1, int.MaxValue)]
    public int? AgeMaxMs { get; init; }

    [Description("Whether numbers and truths may stand in quotes.")]
    [DefaultValue(false)]
    public bool NumbersInText { get; init; }

    [Description("How the answer is written: utf-8, gb18030 or latin1.")]
    [DefaultValue("utf-8")]
    public string Encoding { get; init; } = "utf-8";
}
