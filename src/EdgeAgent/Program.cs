using EdgeAgent.Commands;

using CommandContext context = CommandContext.ForProcess();
return await EdgeAgentCommandLine.RunAsync(args, context);
