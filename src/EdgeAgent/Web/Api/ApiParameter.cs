namespace EdgeAgent.Web.Api;

/// <summary>Type of a parameter in an address.</summary>
internal enum ApiType
{
    String,
    Integer,
    Number,
    Boolean,
    /// <summary>ISO 8601 in UTC.</summary>
    Instant,
}

/// <summary>A parameter of the query or the path.</summary>
internal sealed record ApiParameter(string Name, bool InPath, string Description, ApiType Type, bool Required);
