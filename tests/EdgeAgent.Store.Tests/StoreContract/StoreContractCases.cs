using System.Reflection;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>The cases that every store must pass, by name; each store's tests run them as a theory.</summary>
internal static class StoreContractCases
{
    private static readonly Dictionary<string, MethodInfo> ByName = new[] { typeof(AppendCases), typeof(DiscardCases), typeof(AccountCases), typeof(RangeCases), typeof(CatalogueCases), typeof(OverviewCases) }
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .ToDictionary(m => m.Name);

    public static TheoryData<string> Names
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (string name in ByName.Keys.Order(StringComparer.Ordinal))
            {
                names.Add(name);
            }

            return names;
        }
    }

    public static Task RunAsync(string name, ContractContext context) => (Task)ByName[name].Invoke(null, [context])!;
}
