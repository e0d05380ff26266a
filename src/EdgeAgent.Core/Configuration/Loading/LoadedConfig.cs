namespace EdgeAgent.Core.Configuration;

/// <summary>What loading a configuration file came to.</summary>
/// <param name="Config">Null when the file could not be read into records. Not null does not mean valid: look at
/// <paramref name="Errors"/> before using it. It is given with errors so that drivers can add theirs to the same list.</param>
/// <param name="Errors">Everything wrong with it; drivers and others may add theirs.</param>
/// <param name="Directory">The file's directory, absolute; relative paths in the file start here.</param>
/// <param name="Files">The file and every table and secret file it names, absolute: what to watch for changes.</param>
public sealed record LoadedConfig(AppConfig? Config, ConfigErrors Errors, string Directory, IReadOnlyList<string> Files)
{
    /// <summary>The devices that come from templates.</summary>
    public IReadOnlyList<TemplateUse> Templates { get; init; } = [];

    public void Deconstruct(out AppConfig? config, out ConfigErrors errors)
    {
        config = Config;
        errors = Errors;
    }
}
