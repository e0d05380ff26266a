using System.CommandLine;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Web;
using EdgeAgent.Web.Access;
using EdgeAgent.Web.Access.Tokens;

namespace EdgeAgent.Commands;

/// <summary><c>edgeagent token</c>: who may read the assessment over the API, and until when. Works beside the running hub.</summary>
internal static class TokenCommand
{
    private const int DaysMax = 400;

    public static Command Create(CommandContext context)
    {
        Command command = new("token", "Make, list and revoke the tokens by which people read the assessment over the API.");
        command.Add(CreateToken(context));
        command.Add(List(context));
        command.Add(Revoke(context));
        return command;
    }

    private static Command CreateToken(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> name = new("name") { Description = "Whom it is for; stands in the audit log." };
        Option<string> role = new("--role") { Description = "assessor, viewer, engineer or admin.", DefaultValueFactory = _ => "assessor" };
        role.AcceptOnlyFromAmong("assessor", "viewer", "engineer", "admin");
        Option<int> days = new("--days") { Description = "How long it is valid.", DefaultValueFactory = _ => 14 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > DaysMax)
            {
                result.AddError($"--days must be 1 to {DaysMax}.");
            }
        });
        Command create = new("create", "Make a token for the site; it is shown once.") { name, config, role, days };
        create.SetAction(parsed => WithTokens(context, parsed.GetRequiredValue(config), (loaded, tokens) =>
        {
            AccessRole parsedRole = Enum.Parse<AccessRole>(parsed.GetValue(role)!, ignoreCase: true);
            (AccessToken token, string text) = tokens.Create(parsed.GetRequiredValue(name), loaded.Site, parsedRole, TimeSpan.FromDays(parsed.GetValue(days)));
            MachineLog.Note(context, loaded, "made a token", ("id", token.Id), ("name", token.Name), ("role", token.Role.ToString()));
            context.Out.WriteLine(text);
            context.Error.WriteLine($"Token {token.Id} for {token.Name}, role {token.Role}, site {token.Site}, until {token.ExpiresAt:yyyy-MM-dd HH:mm}Z. It is not shown again; only its hash is kept.");
            return ExitCodes.Done;
        }));
        return create;
    }

    private static Command List(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Command list = new("list", "Every token ever made, without its secret.") { config };
        list.SetAction(parsed => WithTokens(context, parsed.GetRequiredValue(config), (_, tokens) =>
        {
            foreach (AccessToken token in tokens.List())
            {
                string state = token.RevokedAt is { } at ? $"revoked {at:yyyy-MM-dd HH:mm}Z" : token.IsValidAt(context.Time.GetUtcNow()) ? $"until {token.ExpiresAt:yyyy-MM-dd HH:mm}Z" : $"expired {token.ExpiresAt:yyyy-MM-dd HH:mm}Z";
                context.Out.WriteLine($"{token.Id}  {token.Role,-8}  {token.Site}  {state}  {token.Name}");
            }

            return ExitCodes.Done;
        }));
        return list;
    }

    private static Command Revoke(CommandContext context)
    {
        Option<string> config = ConfigOption();
        Argument<string> id = new("id") { Description = "The token's id, as the list prints it." };
        Command revoke = new("revoke", "Refuse a token from now on.") { id, config };
        revoke.SetAction(parsed => WithTokens(context, parsed.GetRequiredValue(config), (loaded, tokens) =>
        {
            string which = parsed.GetRequiredValue(id);
            if (tokens.Revoke(which))
            {
                MachineLog.Note(context, loaded, "revoked a token", ("id", which));
                context.Out.WriteLine($"Token {which} is revoked.");
                return ExitCodes.Done;
            }

            context.Error.WriteLine($"There is no token {which} that could be revoked; `edgeagent token list` names them.");
            return ExitCodes.Failed;
        }));
        return revoke;
    }

    private static Option<string> ConfigOption() => new("--config", "-c") { Description = "The configuration file.", Required = true };

    private static int WithTokens(CommandContext context, string file, Func<AppConfig, TokenFile, int> use)
    {
        AppConfig config = ConfigReport.LoadOrFail(file, "$.site", "$.hub.dataDirectory", "$.agent.dataDirectory").Config!;
        string directory = WebDirectory.Of(config);
        try
        {
            return use(config, new TokenFile(directory, context.Time));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Failed($"The tokens in {directory}, or the audit log beside them, cannot be used: {problem.Message}", problem);
        }
    }
}
