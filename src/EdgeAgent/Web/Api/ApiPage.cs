using System.Globalization;

namespace EdgeAgent.Web.Api;

/// <summary>A part of a list, as every list of the API is given.</summary>
/// <param name="Total">How long the whole list is.</param>
/// <param name="Offset">How many entries come before these.</param>
internal sealed record ApiPage<T>(int Total, int Offset, IReadOnlyList<T> Items);

/// <summary>The part of a list that a request asks for by <c>?offset&amp;limit</c>.</summary>
internal readonly record struct PageRequest(int Offset, int Limit)
{
    public const int LimitMax = 1000;
    public const int LimitDefault = 100;

    /// <exception cref="ApiProblem">One of them is no number, or too large.</exception>
    public static PageRequest Of(HttpContext context) =>
        new(context.QueryNumber("offset", 0, 0, int.MaxValue), context.QueryNumber("limit", LimitDefault, 0, LimitMax));

    public ApiPage<T> Cut<T>(IReadOnlyList<T> whole) => new(whole.Count, Offset, [.. whole.Skip(Offset).Take(Limit)]);
}

/// <summary>Reads what stands in the address of a request.</summary>
internal static class ApiQuery
{
    /// <summary>A query parameter; null when it is not there or empty.</summary>
    public static string? Query(this HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    /// <exception cref="ApiProblem">It is no whole number of the range.</exception>
    public static int QueryNumber(this HttpContext context, string name, int otherwise, int min, int max) => context.Query(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max ? number
        : throw ApiProblem.BadRequest(new($"{name} 应为 {min} 到 {max} 的整数。", $"{name} must be a whole number from {min} to {max}."));

    /// <summary>A part of the path, by its name in the template.</summary>
    public static string Route(this HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
