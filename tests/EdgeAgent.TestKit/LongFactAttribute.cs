namespace EdgeAgent.TestKit;

/// <summary>A partner's test that takes minutes; it runs where EDGEAGENT_LONG_TESTS is 1.</summary>
public sealed class LongFactAttribute : PartnerFactAttribute
{
    public LongFactAttribute(params string[] partners)
        : base(partners)
    {
        if (Environment.GetEnvironmentVariable("EDGEAGENT_LONG_TESTS") != "1")
        {
            Skip = "takes minutes; set EDGEAGENT_LONG_TESTS=1";
        }
    }
}
