using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;
using EdgeAgent.Web.Serving;

namespace EdgeAgent.Hosting;

/// <summary>A process with web pages. Apart from <see cref="EdgeHost"/>, so that an agent without a web section never loads ASP.NET Core.</summary>
internal static class WebHost
{
    public static IHost Build(LoadedConfig loaded, AppConfig config, WebConfig web, EdgeHostOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => WebListener.Configure(kestrel, web));
        WebSite.AddServices(builder.Services, config, web, options.Time);
        EdgeServices.Add(builder.Services, builder.Logging, loaded, config, options);
        WebApplication app = builder.Build();
        WebSite.Use(app, loaded, web, options.Time);
        return app;
    }
}
