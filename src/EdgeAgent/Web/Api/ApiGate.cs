using System.Security.Cryptography;
using System.Text;
using EdgeAgent.Commands;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeAgent.Web.Api;

/// <summary>Stands before each endpoint: knows who asks, lets in whom the policy lets in, writes down what has to be, and turns failures into problem documents.</summary>
/// <remarks>What cannot be written down is not answered: a read of evidence that leaves no trace is what the log is there to rule out.</remarks>
internal sealed partial class ApiGate(WebAccess access, ILogger<ApiGate> logger)
{
    public const string CsrfHeader = "X-CSRF-Token";

    public AccessLog Log => access.Log;

    public async Task AnswerAsync(HttpContext context, ApiEndpoint endpoint, ApiHandler handler)
    {
        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = endpoint.BodyBytesMax;
            }

            Caller caller = access.Callers.Read(context);
            ApiProblem? refusal = RefusalOf(caller, endpoint) ?? ForgeryIn(context, caller, endpoint);
            if (refusal is not null || endpoint.IsAudited)
            {
                Note(context, caller, refusal?.Status ?? StatusCodes.Status200OK, refusal is null ? "asked" : "refused");
            }

            if (refusal is not null)
            {
                await ProblemDocument.WriteAsync(context, refusal);
                return;
            }

            await RunAsync(context, caller, handler);
            if (endpoint.Method != HttpMethods.Get && context.Response.StatusCode >= StatusCodes.Status400BadRequest)
            {
                access.Log.TryNote(context, caller, context.Response.StatusCode, "failed");
            }
        }
        catch (ApiProblem problem)
        {
            await ProblemDocument.WriteAsync(context, problem);
        }
        catch (IOException problem) when (problem is not BadHttpRequestException && !context.RequestAborted.IsCancellationRequested)
        {
            await ProblemDocument.WriteAsync(context, ApiProblem.Unavailable(problem.Message));
        }
    }

    private ApiProblem? RefusalOf(Caller caller, ApiEndpoint endpoint)
    {
        if (AccessPolicy.Allows(caller, endpoint.Permission, access.Anonymous))
        {
            return caller.Site != access.Callers.Site
                ? Refusal(StatusCodes.Status403Forbidden, new($"此令牌用于站点 {caller.Site}，不用于本站点。", $"The token is for site {caller.Site}, not for this one."), "other-site")
                : caller.MustChangePassword && endpoint.Permission is not (AccessPermission.Anyone or AccessPermission.SignedIn)
                ? new ApiProblem(StatusCodes.Status403Forbidden, new("请先修改密码。", "Change the password first; somebody else knows this one.")) { Code = "password-change-needed" }
                : null;
        }

        return caller.Kind == CallerKind.Anonymous
            ? Refusal(StatusCodes.Status401Unauthorized, new(
                "请登录，或在请求头中发送有效令牌（Authorization: Bearer …）。令牌由 edgeagent token create 生成，到期自动失效。",
                "Log in, or send a valid token as 'Authorization: Bearer …'. Tokens are made with `edgeagent token create` and end by themselves."), "login-needed")
            : Refusal(StatusCodes.Status403Forbidden, new(
                $"角色 {caller.Role} 没有权限 {endpoint.Permission}。需要时请管理员调整。",
                $"Role {caller.Role} does not have the permission {endpoint.Permission}{(caller.Scope is null ? "" : ", or the token is limited to others")}. Ask an administrator if you need it."), "no-permission");
    }

    private static ApiProblem Refusal(int status, ApiText detail, string code) => new(status, detail) { Code = code };

    /// <summary>A change by cookie must come from a page that could read the session's token, which other sites' pages cannot.</summary>
    /// <remarks>What needs no permission carries its credentials itself, so there is nothing that a cookie could lend.</remarks>
    private static ApiProblem? ForgeryIn(HttpContext context, Caller caller, ApiEndpoint endpoint)
    {
        if (caller.Csrf is not { } expected || endpoint.Method == HttpMethods.Get || endpoint.Permission == AccessPermission.Anyone)
        {
            return null;
        }

        byte[] sent = Encoding.UTF8.GetBytes(context.Request.Headers[CsrfHeader].ToString());
        return CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes(expected)) ? null
            : new ApiProblem(StatusCodes.Status403Forbidden, new(
                $"缺少请求头 {CsrfHeader} 或其值不对；请重新加载页面。",
                $"The header {CsrfHeader} is missing or wrong; load the page again. Its value is csrf of GET /api/session.")) { Code = "csrf" };
    }

    private void Note(HttpContext context, Caller caller, int status, string what)
    {
        if (!access.Log.TryNote(context, caller, status, what))
        {
            throw AccessLog.Unwritable();
        }
    }

    private async Task RunAsync(HttpContext context, Caller caller, ApiHandler handler)
    {
        try
        {
            await handler(context, caller);
        }
        catch (ApiProblem problem)
        {
            await ProblemDocument.WriteAsync(context, problem);
        }
        catch (CommandFailure problem)
        {
            await ProblemDocument.WriteAsync(context, new ApiProblem(
                problem.ExitCode == ExitCodes.BadUsage ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError, problem.Message));
        }
        catch (BadHttpRequestException problem)
        {
            ApiText detail = problem.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new ApiText("上传内容超过此接口的上限。", "What was sent is larger than this endpoint takes.")
                : problem.Message;
            await ProblemDocument.WriteAsync(context, new ApiProblem(problem.StatusCode, detail));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception problem) when (problem is StoreUnavailableException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await ProblemDocument.WriteAsync(context, ApiProblem.Unavailable(problem.Message));
        }
        catch (Exception problem)
        {
            Failed(logger, problem, context.Request.Method, context.Request.Path);
            await ProblemDocument.WriteAsync(context, new ApiProblem(StatusCodes.Status500InternalServerError, new(
                "程序出现意外错误，详情见日志。", "The program failed in a way that was not foreseen; its log has the details.")));
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed in a way that was not foreseen.")]
    private static partial void Failed(ILogger logger, Exception problem, string method, string path);
}
