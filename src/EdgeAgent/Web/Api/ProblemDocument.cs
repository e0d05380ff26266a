using System.Globalization;
using System.Text.Json.Serialization;

namespace EdgeAgent.Web.Api;

/// <summary>An error as RFC 9457 writes it; detail is for people.</summary>
/// <param name="Code">A fixed word by which programs tell this problem from others of the same status; absent for the usual ones.</param>
/// <param name="Errors">What is wrong with single fields, by field; absent when it is not about fields.</param>
internal sealed record ProblemDocument(int Status, string Title, string Detail, string? Code, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    public const string ContentType = "application/problem+json; charset=utf-8";

    private static readonly Dictionary<int, ApiText> Titles = new()
    {
        [400] = new("请求有误", "Bad request"),
        [401] = new("需要登录", "Login needed"),
        [403] = new("没有权限", "Not allowed"),
        [404] = new("没有找到", "Not found"),
        [405] = new("不支持此操作", "Method not allowed"),
        [409] = new("状态冲突", "Conflict"),
        [413] = new("内容过大", "Too large"),
        [415] = new("内容类型不支持", "Unsupported media type"),
        [421] = new("主机名不对", "Wrong host"),
        [422] = new("内容有误", "Errors in what was sent"),
        [428] = new("缺少前提条件", "Precondition missing"),
        [429] = new("请求过多", "Too many attempts"),
        [500] = new("程序内部错误", "Internal failure"),
        [502] = new("对方拒绝或无法连接", "No connection, or refused"),
        [503] = new("暂时不可用", "Not available now"),
        [504] = new("没有及时应答", "No answer in time"),
    };

    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted)
        {
            // What was sent already cannot be taken back; a broken connection at least does not look whole.
            context.Abort();
            return;
        }

        Reset(response);
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } after)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        ApiText title = Titles.TryGetValue(problem.Status, out ApiText known) ? known : new("错误", "Error");
        ProblemDocument document = new(problem.Status, title.For(context), problem.Detail.For(context), problem.Code,
            problem.Errors?.ToDictionary(field => field.Key, field => Array.ConvertAll(field.Value, text => text.For(context))));
        await response.WriteAsJsonAsync(document, ApiJson.Default.ProblemDocument, ContentType, context.RequestAborted);
    }

    /// <summary>Takes back what a handler said about a body that does not come; what holds for every answer stays.</summary>
    private static void Reset(HttpResponse response)
    {
        response.Headers.Remove("Content-Disposition");
        response.Headers.Remove("Content-Encoding");
        response.Headers.Remove("ETag");
        response.ContentLength = null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ApiJson : JsonSerializerContext;
