using System.Reflection;

namespace Lading.Cdk.Assets;

/// <summary>Copies the properties of a CDK interface, including those of newer library versions.</summary>
internal static class StructCopy
{
    /// <summary>Copies each property of an interface that is set.</summary>
    /// <param name="source">The object to copy from.</param>
    /// <param name="target">An object of a class with properties of the same names.</param>
    /// <param name="isCopied">Whether to copy a property.</param>
    /// <typeparam name="TInterface">The properties: those of the version of the library that the app runs with.</typeparam>
    /// <exception cref="LadingException">The class does not have a property that is set.</exception>
    public static void Fill<TInterface>(TInterface source, object target, Func<string, bool> isCopied)
        where TInterface : notnull
    {
        foreach (var property in PropertiesOf(typeof(TInterface)).Where(each => isCopied(each.Name)))
        {
            if (property.GetValue(source) is not { } value)
            {
                continue;
            }

            var own = target.GetType().GetProperty(property.Name);
            if (own?.SetMethod is null)
            {
                throw new LadingException(
                    $"Could not hand {property.Name} of {typeof(TInterface).Name} on to CDK",
                    $"{target.GetType().Name} of this version of aws-cdk-lib has no such property",
                    "Leave it out, or use the versions of aws-cdk-lib and its C# library that belong together."
                );
            }

            own.SetValue(target, value);
        }
    }

    /// <summary>The properties of an interface and of the interfaces it extends.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetInterfaces().Prepend(type).SelectMany(each => each.GetProperties()).DistinctBy(each => each.Name);
}
