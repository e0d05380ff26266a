using EdgeAgent.Commands;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Store;
using EdgeAgent.Web.Access;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeAgent.Web.Api;

/// <summary>Stands before each endpoint: knows who asks, lets in whom the policy lets in, writes down what has to be, and turns failures into problem documents.</summary>
/// <remarks>What cannot be written down is not answered: a read of evidence that leaves no trace is what the log is there to rule out.</remarks>
internal sealed partial class ApiGate(CallerReader callers, AccessLog log, AnonymousAccess anonymous, ILogger<ApiGate> logger)
{
    public AccessLog Log => log;

    public AnonymousAccess Anonymous => anonymous;

    public async Task AnswerAsync(HttpContext context, ApiEndpoint endpoint, ApiHandler handler)
    {
        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = endpoint.BodyBytesMax;
            }

            Caller caller = callers.Read(context);
            ApiProblem? refusal = RefusalOf(caller, endpoint);
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
                log.TryNote(context, caller, context.Response.StatusCode, "failed");
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
        if (AccessPolicy.Allows(caller, endpoint.Permission, anonymous))
        {
            return caller.Site == callers.Site ? null
                : ApiProblem.Forbidden(new($"此令牌用于站点 {caller.Site}，不用于本站点。", $"The token is for site {caller.Site}, not for this one."));
        }

        return caller.Kind == CallerKind.Anonymous
            ? new ApiProblem(StatusCodes.Status401Unauthorized, new(
                "请登录，或在请求头中发送有效令牌（Authorization: Bearer …）。令牌由 edgeagent token create 生成，到期自动失效。",
                "Log in, or send a valid token as 'Authorization: Bearer …'. Tokens are made with `edgeagent token create` and end by themselves."))
            : ApiProblem.Forbidden(new(
                $"角色 {caller.Role} 没有权限 {endpoint.Permission}。需要时请管理员调整。",
                $"Role {caller.Role} does not have the permission {endpoint.Permission}{(caller.Scope is null ? "" : ", or the token is limited to others")}. Ask an administrator if you need it."));
    }

    private void Note(HttpContext context, Caller caller, int status, string what)
    {
        if (!log.TryNote(context, caller, status, what))
        {
            throw ApiProblem.Unavailable(new(
                "审计日志无法写入，因此不显示任何内容。请让负责运行的人检查磁盘。",
                "The audit log cannot be written, so nothing is shown. Ask whoever runs the program to look at its disk."));
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
