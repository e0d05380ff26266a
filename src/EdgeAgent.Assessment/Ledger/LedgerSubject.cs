namespace EdgeAgent.Assessment.Ledger;

/// <summary>How events and files name what they are about: a kind and a key, for instance <c>asset:A-001</c>.</summary>
public static class LedgerSubject
{
    public const string Profile = "profile";
    public const string Project = "project";

    public static string Asset(string assetNo) => $"asset:{assetNo}";

    public static string Area(string key) => $"area:{key}";

    public static string Process(string name) => $"process:{name}";

    public static string Binding(string key) => $"binding:{key}";

    public static string Scene(string name) => $"scene:{name}";

    public static string Item(int number) => $"item:{number}";

    public static string Stop(string id) => $"stop:{id}";

    public static string Rule(string path) => $"rule:{path}";

    public static string Source(string agent, string device) => $"source:{agent}/{device}";

    /// <summary>Whether a text is a subject that a file may be attached to.</summary>
    public static bool IsAttachable(string subject) =>
        subject is Profile or Project
        || (subject.Split(':', 2) is ["asset" or "area" or "process" or "scene" or "item" or "stop" or "source", { Length: > 0 }]);
}
