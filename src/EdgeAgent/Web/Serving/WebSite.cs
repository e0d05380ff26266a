using System.Net;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Pages;

namespace EdgeAgent.Web.Serving;

/// <summary>Puts the web part together: what every request passes before it reaches an endpoint or a page.</summary>
internal static partial class WebSite
{
    public static void AddServices(IServiceCollection services, AppConfig config, WebConfig web, TimeProvider time)
    {
        services.AddRoutingCore();
        services.AddSingleton(_ => WebAccess.Of(config, time));
        if (web.Https is { } https)
        {
            services.AddSingleton(provider => new WebCertificate(
                https, WebDirectory.Of(config), GeneratedCertificate.NamesOf(AddressOf(web), web.Hosts), time, provider.GetRequiredService<ILogger<WebCertificate>>()));
        }
    }

    public static void Use(WebApplication app, LoadedConfig loaded, WebConfig web, TimeProvider time)
    {
        WebAccess access = app.Services.GetRequiredService<WebAccess>();
        bool hsts = web.Https is { Hsts: true };
        RequestSource source = new(web, IPAddress.IsLoopback(AddressOf(web).Address));
        app.Use((context, next) =>
        {
            SecurityHeaders.Write(context, hsts);
            return source.InvokeAsync(context, next);
        });
        app.UseRouting();
        app.UsePages(PageFiles.Read(PageFiles.Folder));
        app.Use((context, next) => context.GetEndpoint() is null ? NothingHereAsync(context) : next(context));
        ApiGate gate = new(access, app.Services.GetRequiredService<ILogger<ApiGate>>());
        WebAreas.Map(new ApiBuilder(app, gate), app, loaded, access, time);
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EdgeAgent.Web");
        app.Lifetime.ApplicationStarted.Register(() => Tell(logger, web, access, app.Urls.FirstOrDefault() ?? web.Listen));
    }

    private static IPEndPoint AddressOf(WebConfig web)
    {
        _ = ListenAddress.TryParse(web.Listen, out IPEndPoint address); // Checked with the configuration.
        return address;
    }

    private static Task NothingHereAsync(HttpContext context) => ProblemDocument.WriteAsync(context, ApiProblem.NotFound(new(
        $"没有 {context.Request.Path}；/api/openapi.json 列出全部接口。", $"There is no {context.Request.Path}; /api/openapi.json lists what there is.")));

    private static void Tell(ILogger logger, WebConfig web, WebAccess access, string address)
    {
        if (web.Https is null && !IPAddress.IsLoopback(AddressOf(web).Address))
        {
            OpenWithoutHttps(logger, address);
        }

        try
        {
            if (access.FirstStart.IsOpen)
            {
                NoAdministrator(logger, address, access.FirstStart.SpokenCode);
            }
        }
        catch (IOException problem)
        {
            AccountsUnreadable(logger, problem.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The pages are open to the network on {Address} without HTTPS: passwords and tokens can be read on the way. Add \"https\": {{ \"generated\": true }} to the web section.")]
    private static partial void OpenWithoutHttps(ILogger logger, string address);

    [LoggerMessage(2, LogLevel.Warning, "Nobody can log in yet: open {Address} on this machine and choose the administrator's password. From another machine the page asks for the setup code {Code}.")]
    private static partial void NoAdministrator(ILogger logger, string address, string code);

    [LoggerMessage(3, LogLevel.Error, "{Problem}")]
    private static partial void AccountsUnreadable(ILogger logger, string problem);
}
