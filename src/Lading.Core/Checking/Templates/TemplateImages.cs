using System.Text.Json;

namespace Lading.Checking.Templates;

/// <summary>Finds every container image that the templates of an assembly name.</summary>
internal static class TemplateImages
{
    /// <summary>Lists them in the order of the templates; what cannot be looked into is in the list too, as unknown.</summary>
    /// <exception cref="LadingException">The template of a nested stack cannot be read.</exception>
    public static IEnumerable<TemplateImage> Of(CloudAssembly assembly) => assembly.Stacks.SelectMany(Of);

    /// <summary>Lists those of one stack and of the stacks nested in it.</summary>
    /// <exception cref="LadingException">The template of a nested stack cannot be read.</exception>
    public static IEnumerable<TemplateImage> Of(SynthesizedStack stack) =>
        stack.Resources.SelectMany(resource => Of(stack, resource.Name, resource.Value));

    private static IEnumerable<TemplateImage> Of(SynthesizedStack stack, string logicalId, JsonElement resource)
    {
        if (!Json.TryGet(resource, out var type, "Type"))
        {
            return logicalId.StartsWith("Fn::", StringComparison.Ordinal)
                ? [Unknown(stack, logicalId, $"{logicalId} makes resources at deployment")]
                : [];
        }

        if (type.ValueEquals("AWS::CloudFormation::Stack"))
        {
            return stack.FindNested(logicalId, resource) is { } nested
                ? Of(nested)
                : [Unknown(stack, logicalId, "a nested stack whose template is not in the assembly")];
        }

        if (!Json.TryGet(resource, out var properties, "Properties"))
        {
            return [];
        }

        return ImageProperty
            .All.Where(property => type.ValueEquals(property.ResourceType))
            .SelectMany(property =>
                property
                    .ValuesIn(properties, stack.Values)
                    .Select(found =>
                        found.Value is { } value
                            ? new TemplateImage(
                                stack,
                                found.Name ?? logicalId,
                                stack.Values.TextOf(value),
                                property.RunsOn(properties)
                            )
                            : Unknown(stack, found.Name ?? logicalId, "the list of containers is made at deployment")
                    )
            );
    }

    private static TemplateImage Unknown(SynthesizedStack stack, string container, string reason) =>
        new(stack, container, Resolved.Unknown(reason), RunsOn: null);
}
