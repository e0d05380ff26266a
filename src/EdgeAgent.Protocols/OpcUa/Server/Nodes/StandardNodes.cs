using Ids = EdgeAgent.Protocols.OpcUa.Server.WellKnownNodes;

namespace EdgeAgent.Protocols.OpcUa.Server;

/// <summary>The nodes of namespace 0 that every server has: the folders at the top, and the types that its nodes refer to.</summary>
internal static class StandardNodes
{
    public static void AddTo(AddressSpace space)
    {
        UaNode root = space.Add(null, 0, Folder(Ids.RootFolder, "Root"));
        space.Add(root, Ids.Organizes, Folder(Ids.ObjectsFolder, "Objects"));
        UaNode types = space.Add(root, Ids.Organizes, Folder(Ids.TypesFolder, "Types"));
        space.Add(root, Ids.Organizes, Folder(Ids.ViewsFolder, "Views"));

        UaNode references = space.Add(types, Ids.Organizes, Folder(Ids.ReferenceTypesFolder, "ReferenceTypes"));
        Tree reference = new(space, UaNodeClass.ReferenceType, references);
        reference.Add(Ids.References, "References", 0);
        reference.Add(Ids.NonHierarchicalReferences, "NonHierarchicalReferences", Ids.References);
        reference.Add(Ids.HierarchicalReferences, "HierarchicalReferences", Ids.References);
        reference.Add(Ids.HasTypeDefinition, "HasTypeDefinition", Ids.NonHierarchicalReferences);
        reference.Add(Ids.HasChild, "HasChild", Ids.HierarchicalReferences);
        reference.Add(Ids.Organizes, "Organizes", Ids.HierarchicalReferences);
        reference.Add(Ids.Aggregates, "Aggregates", Ids.HasChild);
        reference.Add(Ids.HasSubtype, "HasSubtype", Ids.HasChild);
        reference.Add(Ids.HasProperty, "HasProperty", Ids.Aggregates);
        reference.Add(Ids.HasComponent, "HasComponent", Ids.Aggregates);

        Tree type = new(space, UaNodeClass.ObjectType, space.Add(types, Ids.Organizes, Folder(Ids.ObjectTypesFolder, "ObjectTypes")));
        type.Add(Ids.BaseObjectType, "BaseObjectType", 0);
        type.Add(Ids.FolderType, "FolderType", Ids.BaseObjectType);
        type.Add(Ids.ServerType, "ServerType", Ids.BaseObjectType);
        type.Add(Ids.ServerCapabilitiesType, "ServerCapabilitiesType", Ids.BaseObjectType);
        type.Add(Ids.ServerRedundancyType, "ServerRedundancyType", Ids.BaseObjectType);
        type.Add(Ids.HistoryServerCapabilitiesType, "HistoryServerCapabilitiesType", Ids.BaseObjectType);
        type.Add(Ids.OperationLimitsType, "OperationLimitsType", Ids.FolderType);

        Tree variable = new(space, UaNodeClass.VariableType, space.Add(types, Ids.Organizes, Folder(Ids.VariableTypesFolder, "VariableTypes")));
        variable.Add(Ids.BaseVariableType, "BaseVariableType", 0);
        variable.Add(Ids.BaseDataVariableType, "BaseDataVariableType", Ids.BaseVariableType);
        variable.Add(Ids.PropertyType, "PropertyType", Ids.BaseVariableType);
        variable.Add(Ids.AnalogItemType, "AnalogItemType", Ids.BaseDataVariableType);
        variable.Add(Ids.ServerStatusType, "ServerStatusType", Ids.BaseDataVariableType);
        variable.Add(Ids.BuildInfoType, "BuildInfoType", Ids.BaseDataVariableType);
        AddDataTypes(new Tree(space, UaNodeClass.DataType, space.Add(types, Ids.Organizes, Folder(Ids.DataTypesFolder, "DataTypes"))));
    }

    // OPC 10000-3 §8.2 and following: numbers are below Number, the rest of the built-in types below BaseDataType.
    private static void AddDataTypes(Tree type)
    {
        const uint BaseDataType = (uint)BuiltInType.Variant;
        const uint Number = 26;
        const uint Integer = 27;
        const uint UInteger = 28;
        const uint Enumeration = 29;
        type.Add(BaseDataType, "BaseDataType", 0);
        type.Add(Number, "Number", BaseDataType);
        type.Add(Integer, "Integer", Number);
        type.Add(UInteger, "UInteger", Number);
        type.Add(Enumeration, "Enumeration", BaseDataType);
        for (BuiltInType built = BuiltInType.Boolean; built <= BuiltInType.DiagnosticInfo; built++)
        {
            if (built is not BuiltInType.Variant)
            {
                string name = built is BuiltInType.ExtensionObject ? "Structure" : built.ToString();
                type.Add((uint)built, name, built switch
                {
                    BuiltInType.SByte or BuiltInType.Int16 or BuiltInType.Int32 or BuiltInType.Int64 => Integer,
                    BuiltInType.Byte or BuiltInType.UInt16 or BuiltInType.UInt32 or BuiltInType.UInt64 => UInteger,
                    BuiltInType.Float or BuiltInType.Double => Number,
                    _ => BaseDataType,
                });
            }
        }
        type.Add(Ids.Duration, "Duration", (uint)BuiltInType.Double);
        type.Add(Ids.UtcTime, "UtcTime", (uint)BuiltInType.DateTime);
        type.Add(Ids.LocaleId, "LocaleId", (uint)BuiltInType.String);
        type.Add(Ids.ServerState, "ServerState", Enumeration);
        type.Add(Ids.RedundancySupport, "RedundancySupport", Enumeration);
        type.Add(Ids.BuildInfoDataType, "BuildInfo", (uint)BuiltInType.ExtensionObject);
        type.Add(Ids.ServerStatusDataType, "ServerStatusDataType", (uint)BuiltInType.ExtensionObject);
        type.Add(Ids.RangeDataType, "Range", (uint)BuiltInType.ExtensionObject);
    }

    private static UaNode Folder(uint id, string name) => new(new NodeId(id), UaNodeClass.Object, name, new NodeId(Ids.FolderType));

    /// <summary>Types of one class, each below another one or at the top in a folder.</summary>
    private readonly struct Tree(AddressSpace space, UaNodeClass nodeClass, UaNode folder)
    {
        public void Add(uint id, string name, uint super)
        {
            UaNode? parent = folder;
            bool isTop = super == 0 || !space.TryFind(new NodeId(super), out parent);
            space.Add(isTop ? folder : parent, isTop ? Ids.Organizes : Ids.HasSubtype, new UaNode(new NodeId(id), nodeClass, name));
        }
    }
}
