using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EdgeAgent.Tests.Architecture;

/// <summary>A built assembly of the product, read as a file: what it refers to, by assembly, by namespace and by type.</summary>
internal sealed class BuiltAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public BuiltAssembly(string name)
    {
        _file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>Names of the assemblies that it was compiled against and uses.</summary>
    public IReadOnlyList<string> References =>
        [.. _metadata.AssemblyReferences.Select(handle => _metadata.GetString(_metadata.GetAssemblyReference(handle).Name))];

    /// <summary>Full names of the types.</summary>
    public IReadOnlyList<string> Types => [.. _metadata.TypeDefinitions.Select(FullName)];

    /// <summary>Namespaces of another assembly that it uses types of.</summary>
    public IReadOnlyList<string> NamespacesUsedOf(string assembly) => [.. _metadata.TypeReferences
        .Select(_metadata.GetTypeReference)
        .Where(type => type.ResolutionScope.Kind == HandleKind.AssemblyReference
            && _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == assembly)
        .Select(type => _metadata.GetString(type.Namespace))
        .Distinct()];

    /// <summary>Every use of one of its own types by another of them: in a signature, as a base type or in code.</summary>
    public IEnumerable<(string User, string Used)> InnerUses()
    {
        TypeUses uses = new(_metadata, _file);
        foreach (TypeDefinitionHandle user in _metadata.TypeDefinitions)
        {
            string userName = FullName(user);
            foreach (TypeDefinitionHandle used in uses.Of(user))
            {
                yield return (userName, FullName(used));
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private string FullName(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _metadata.GetTypeDefinition(handle);
        string name = _metadata.GetString(type.Name);
        return type.IsNested ? $"{FullName(type.GetDeclaringType())}+{name}" : $"{_metadata.GetString(type.Namespace)}.{name}";
    }
}
