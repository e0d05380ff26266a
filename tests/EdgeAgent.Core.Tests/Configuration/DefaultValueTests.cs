using System.ComponentModel;
using System.Reflection;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Core.Tests.Configuration;

public sealed class DefaultValueTests
{
    public static TheoryData<Type> Records =>
        [.. typeof(AppConfig).Assembly.GetTypes().Where(t => t.Namespace == typeof(AppConfig).Namespace && t.Name.EndsWith("Config", StringComparison.Ordinal) && t.GetConstructor([]) is not null)];

    /// <summary>A record built in code and one read from a file must agree about what a member is when nobody sets it.</summary>
    [Theory]
    [MemberData(nameof(Records))]
    public void Initializers_and_DefaultValue_agree(Type record)
    {
        object instance = Activator.CreateInstance(record)!;
        foreach (PropertyInfo property in record.GetProperties())
        {
            if (property.GetCustomAttribute<DefaultValueAttribute>() is { } attribute)
            {
                Assert.Equal(attribute.Value, property.GetValue(instance));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_member_is_described(Type record) =>
        Assert.All(
            record.GetProperties().Where(p => p.GetCustomAttribute<System.Text.Json.Serialization.JsonIgnoreAttribute>() is not { Condition: System.Text.Json.Serialization.JsonIgnoreCondition.Always }),
            p => Assert.False(string.IsNullOrEmpty(p.GetCustomAttribute<DescriptionAttribute>()?.Description), $"{record.Name}.{p.Name}"));
}
