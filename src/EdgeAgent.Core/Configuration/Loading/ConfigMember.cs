namespace EdgeAgent.Core.Configuration;

/// <summary>One member of an object, as it stands in the file.</summary>
internal readonly record struct ConfigMember(string Name, int Line, ConfigNode Value);
