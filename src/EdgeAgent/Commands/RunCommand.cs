using System.CommandLine;
using EdgeAgent.Broker;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Hosting;
using EdgeAgent.Web.Serving;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent run</c>: the program at work, as service managers start it.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        Option<string> config = new("--config", "-c") { Description = "The configuration file; what has a section in it runs.", Required = true };
        Command command = new("run", "Collect, store and serve as the configuration says, until SIGTERM or Ctrl-C; SIGHUP or a change of the file reloads it.") { config };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetRequiredValue(config), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string file, CancellationToken cancellation)
    {
        LoadedConfig loaded = ConfigReport.LoadOrFail(file);
        try
        {
            await using EdgeHost host = EdgeHost.Build(loaded, new EdgeHostOptions(context.Time, ReloadFrom: file));
            return await host.RunAsync(cancellation);
        }
        catch (IOException problem) when (WebListener.IsTaken(problem))
        {
            throw CommandFailure.Failed($"{problem.Message} Is the program running already? Choose another port in {file}.", problem);
        }
        catch (WebCertificateException problem)
        {
            throw CommandFailure.Failed(problem.Message, problem);
        }
        catch (BrokerConfigException problem)
        {
            throw CommandFailure.BadUsage(problem.Message);
        }
    }
}
