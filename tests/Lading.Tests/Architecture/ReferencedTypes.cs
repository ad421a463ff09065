using System.Reflection;
using System.Reflection.Emit;

namespace Lading.Tests.Architecture;

/// <summary>
/// The types that a type names: in its declaration, in its members' signatures, and in its methods' bodies.
/// </summary>
internal static class ReferencedTypes
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    private static readonly Dictionary<int, OpCode> Instructions = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        Array.ForEach(type.GetInterfaces(), one => Add(found, one));
        foreach (var member in type.GetMembers(Declared))
        {
            Add(found, member);
            if (member is MethodBase method)
            {
                AddBody(found, method);
            }
        }

        return found;
    }

    private static void Add(HashSet<Type> found, MemberInfo? member)
    {
        switch (member)
        {
            case Type { HasElementType: true } type:
                Add(found, type.GetElementType());
                break;
            case Type { IsGenericParameter: true }:
                break;
            case Type type:
                found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
                Array.ForEach(type.GetGenericArguments(), one => Add(found, one));
                break;
            case FieldInfo field:
                Add(found, field.DeclaringType);
                Add(found, field.FieldType);
                break;
            case PropertyInfo property:
                Add(found, property.PropertyType);
                break;
            case MethodBase method:
                Add(found, method.DeclaringType);
                Add(found, (method as MethodInfo)?.ReturnType);
                Array.ForEach(method.GetParameters(), one => Add(found, one.ParameterType));
                if (method is MethodInfo { IsGenericMethod: true })
                {
                    Array.ForEach(method.GetGenericArguments(), one => Add(found, one));
                }

                break;
            default:
                break;
        }
    }

    /// <summary>ECMA-335, partition III: an instruction is one or two bytes, then its operand.</summary>
    private static void AddBody(HashSet<Type> found, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (var local in body.LocalVariables)
        {
            Add(found, local.LocalType);
        }

        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : [];
        foreach (var token in TokensIn(body.GetILAsByteArray()!))
        {
            Add(found, method.Module.ResolveMember(token, typeArguments, methodArguments));
        }
    }

    /// <summary>The token of each member that instructions name.</summary>
    public static IEnumerable<int> TokensIn(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var code = Instructions[bytes[at] == 0xFE ? (bytes[at] << 8) | bytes[at + 1] : bytes[at]];
            at += code.Size;
            switch (code.OperandType)
            {
                case OperandType.InlineMethod
                or OperandType.InlineField
                or OperandType.InlineType
                or OperandType.InlineTok:
                    yield return BitConverter.ToInt32(bytes, at);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(bytes, at));
                    break;
                default:
                    at += SizeOf(code.OperandType);
                    break;
            }
        }
    }

    private static int SizeOf(OperandType operand) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            _ => 4,
        };
}
