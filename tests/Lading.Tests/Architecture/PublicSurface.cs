using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lading.Tests.Architecture;

/// <summary>The public types and members of an assembly as text, sorted: what another assembly can name.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static;

    private static readonly Type[] Ordinary = [typeof(object), typeof(ValueType), typeof(Enum)];
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(System.Reflection.Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (
            var type in assembly
                .GetExportedTypes()
                .Where(IsNoProgram)
                .OrderBy(type => type.FullName, StringComparer.Ordinal)
        )
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(Header(type)).Append('\n');
            foreach (var line in type.GetMembers(Declared).Select(Line).OfType<string>().Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        var kind =
            type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsSealed ? "sealed class"
            : type.IsAbstract ? "abstract class"
            : "class";
        Type[] all = type.IsEnum ? [] : type.GetInterfaces();
        var own = all.Where(one => one.IsPublic && type.BaseType?.GetInterfaces().Contains(one) != true);
        var origins = new[] { type.BaseType }
            .Where(origin => origin is { IsInterface: false } && !Ordinary.Contains(origin))
            .Concat(own)
            .Select(origin => NameOf(origin!))
            .ToList();
        return $"{kind} {type.FullName}{(origins.Count == 0 ? "" : " : " + string.Join(", ", origins))}";
    }

    /// <summary>Null for members that others cannot name, and for those the compiler adds to records.</summary>
    private static string? Line(MemberInfo member) =>
        member switch
        {
            FieldInfo { IsLiteral: true, DeclaringType.IsEnum: true } value => string.Create(
                CultureInfo.InvariantCulture,
                $"{value.Name} = {Convert.ToInt64(value.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
            ),
            FieldInfo field
                when IsVisible(field.IsPublic, field.IsFamily, field.IsFamilyOrAssembly) && !field.IsSpecialName =>
                $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{NameOf(field.FieldType)} {field.Name}",
            PropertyInfo property => Line(property),
            ConstructorInfo made when IsVisible(made) && !IsOfCompiler(made) => $"new({Parameters(made)})",
            MethodInfo method when IsVisible(method) && !IsOfCompiler(method) && !IsAccessor(method) =>
                $"{(method.IsStatic ? "static " : "")}{NameOf(method.ReturnParameter)} {method.Name}({Parameters(method)})",
            _ => null,
        };

    private static string? Line(PropertyInfo property)
    {
        var isRead = property.GetMethod is { } get && IsVisible(get);
        var isSet = property.SetMethod is { } set && IsVisible(set);
        if (!isRead && !isSet)
        {
            return null;
        }

        var isInit =
            property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var isStatic = (property.GetMethod ?? property.SetMethod)!.IsStatic;
        var mark =
            Nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType
                ? "?"
                : "";
        return $"{(isStatic ? "static " : "")}{NameOf(property.PropertyType)}{mark} {property.Name} {{{(isRead ? " get;" : "")}{(isSet ? isInit ? " init;" : " set;" : "")} }}";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method
                .GetParameters()
                .Select(one =>
                    $"{(one.IsOut ? "out " : "")}{NameOf(one)} {one.Name}{(one.HasDefaultValue ? $" = {Text(one.DefaultValue)}" : "")}"
                )
        );

    private static string Text(object? value) =>
        value switch
        {
            null => "null",
            string text => $"\"{text}\"",
            _ => $"{value}",
        };

    private static string NameOf(ParameterInfo parameter) =>
        NameOf(parameter.ParameterType)
        + (
            Nullability.Create(parameter).ReadState == NullabilityState.Nullable && !parameter.ParameterType.IsValueType
                ? "?"
                : ""
        );

    private static string NameOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? NameOf(value) + "?"
        : type.HasElementType ? NameOf(type.GetElementType()!) + (type.IsArray ? "[]" : "")
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    /// <summary>The compiler's class for top-level statements is public, but not meant to be called.</summary>
    private static bool IsNoProgram(Type type) => type.Assembly.EntryPoint?.DeclaringType != type;

    private static bool IsVisible(MethodBase method) =>
        IsVisible(method.IsPublic, method.IsFamily, method.IsFamilyOrAssembly);

    private static bool IsVisible(bool isPublic, bool isFamily, bool isFamilyOrAssembly) =>
        isPublic || isFamily || isFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsOfCompiler(MethodBase method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || method.Name.Contains('<');
}
