using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using Lading.Testing;

namespace Lading.Tests.Architecture;

/// <summary>A method that only tests call does not belong to the product.</summary>
public sealed class FindingUnusedCode
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    /// <summary>Methods that are called by name from outside, or that are documented to exist for tests.</summary>
    private static readonly string[] Allowed =
    [
        // Gives a construct tree a folder and variables other than the process's.
        "Lading.Cdk.Synthesis.AppImages.Use",
        // The stacks that a holder of leases believes it holds, and a survey of contents without asking a registry.
        "Lading.Leases.HeldLeases.get_Stacks",
        "Lading.Shipping.RegistrySurvey.Of",
        // Tests make a program crash; the product never does.
        "Lading.Processes.RunningProgram.Kill",
        "Lading.Processes.RunningProgram.get_Id",
    ];

    [Fact]
    public void Each_internal_method_is_called_by_the_product()
    {
        var called = Sources.Assemblies.SelectMany(CalledIn).ToHashSet(StringComparer.Ordinal);
        var unused =
            from assembly in Sources.Assemblies
            from type in assembly.GetTypes()
            where !type.IsVisible && !IsGenerated(type) && !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type)
            let implemented = ImplementedBy(type)
            from method in type.GetMethods(Declared)
            where !IsGenerated(method) && !method.IsAbstract && method.GetBaseDefinition() == method
            where !implemented.Contains(method) && !IsOfRecord(type, method)
            let name = NameOf(type, method.Name)
            where !called.Contains(name) && !Allowed.Contains(name) && method != assembly.EntryPoint
            select name;

        if (unused.Any())
        {
            Assert.Fail("Only tests call: " + string.Join(", ", unused.Distinct().Order(StringComparer.Ordinal)));
        }
    }

    /// <summary>An interface with one implementation serves a project above, a test double, or nothing.</summary>
    [Fact]
    public void An_interface_with_one_implementation_crosses_a_boundary()
    {
        var types = Sources.Assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();
        var tests = typeof(FindingUnusedCode).Assembly.GetTypes().Concat(typeof(SourceTree).Assembly.GetTypes());
        var wrong =
            from one in types
            where one.IsInterface && !one.IsVisible
            let implementations = types.Where(type => !type.IsInterface && Implements(type, one)).ToList()
            where implementations.Count < 2 && implementations.TrueForAll(type => type.Assembly == one.Assembly)
            where !tests.Any(type => Implements(type, one))
            select one.FullName;

        Assert.Empty(wrong);
    }

    private static bool Implements(Type type, Type one) =>
        type.GetInterfaces().Any(each => (each.IsGenericType ? each.GetGenericTypeDefinition() : each) == one);

    private static string NameOf(Type type, string method) =>
        $"{(type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '/')}.{method}";

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal)
        || (member.DeclaringType is { } outer && IsGenerated(outer));

    private static HashSet<MethodInfo> ImplementedBy(Type type) =>
        type.IsInterface ? [] : [.. type.GetInterfaces().SelectMany(one => type.GetInterfaceMap(one).TargetMethods)];

    /// <summary>A property of a record belongs to its value: it is compared and printed.</summary>
    private static bool IsOfRecord(Type type, MethodInfo method) =>
        method.IsSpecialName
        && (
            type.GetMethod("<Clone>$") is not null
            || type.GetMethod("PrintMembers", Declared) is not null
            || method.Name.StartsWith("op_", StringComparison.Ordinal)
        );

    /// <summary>Every method that an assembly refers to, its own and others'.</summary>
    private static IEnumerable<string> CalledIn(System.Reflection.Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (FindName(metadata, member.Parent) is { } parent)
            {
                called.Add($"{parent}.{metadata.GetString(member.Name)}");
            }
        }

        // A generic method is called with its type arguments: look up the method itself.
        for (var row = 1; row <= metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var made = metadata.GetMethodSpecification(MetadataTokens.MethodSpecificationHandle(row)).Method;
            if (made.Kind == HandleKind.MethodDefinition)
            {
                called.Add(NameOf(metadata, (MethodDefinitionHandle)made));
            }
        }

        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var own = MetadataTokens.GetToken(handle);
            foreach (var token in TokensIn(file.GetMethodBody(method.RelativeVirtualAddress)))
            {
                if (token >> 24 == 0x06 && token != own)
                {
                    called.Add(NameOf(metadata, (MethodDefinitionHandle)MetadataTokens.EntityHandle(token)));
                }
            }
        }

        return called;
    }

    private static string NameOf(MetadataReader metadata, MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return $"{FindName(metadata, method.GetDeclaringType())}.{metadata.GetString(method.Name)}";
    }

    private static string? FindName(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
                var name = metadata.GetString(definition.Name);
                return definition.GetDeclaringType() is { IsNil: false } outer
                    ? $"{FindName(metadata, outer)}/{name}"
                    : $"{metadata.GetString(definition.Namespace)}.{name}";
            case HandleKind.TypeReference:
                var reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
                return reference.ResolutionScope.Kind == HandleKind.TypeReference
                    ? $"{FindName(metadata, reference.ResolutionScope)}/{metadata.GetString(reference.Name)}"
                    : $"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}";
            case HandleKind.TypeSpecification:
                var blob = metadata.GetBlobReader(
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature
                );
                // A generic instance (ECMA-335, II.23.2.14): its kind, then the type.
                return blob.ReadByte() == 0x15 && blob.ReadByte() is 0x11 or 0x12
                    ? FindName(metadata, blob.ReadTypeHandle())
                    : null;
            default:
                return null;
        }
    }

    private static IEnumerable<int> TokensIn(MethodBodyBlock body) => ReferencedTypes.TokensIn(body.GetILBytes()!);
}
