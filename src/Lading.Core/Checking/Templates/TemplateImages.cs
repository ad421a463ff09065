using System.Text.Json;
using Lading.Configuration;
using Lading.Oci;

namespace Lading.Checking.Templates;

/// <summary>Finds every container image in the templates of an assembly.</summary>
internal static class TemplateImages
{
    /// <summary>
    /// Lists the images in the order of the templates; those that cannot be evaluated are included as unknown.
    /// </summary>
    /// <exception cref="LadingException">The template of a nested stack cannot be read.</exception>
    public static IEnumerable<TemplateImage> Of(CloudAssembly assembly) => assembly.Stacks.SelectMany(Of);

    /// <summary>Lists the images of one stack and of the stacks nested in it.</summary>
    /// <exception cref="LadingException">The template of a nested stack cannot be read.</exception>
    public static IEnumerable<TemplateImage> Of(SynthesizedStack stack) =>
        stack.Resources.SelectMany(resource => Of(stack, resource.Name, resource.Value));

    private static IEnumerable<TemplateImage> Of(SynthesizedStack stack, string logicalId, JsonElement resource)
    {
        if (!JsonMembers.TryGet(resource, out var type, "Type"))
        {
            return logicalId.StartsWith("Fn::", StringComparison.Ordinal)
                ? [Unknown(stack, logicalId, $"{logicalId} makes resources at deployment")]
                : [];
        }

        if (type.ValueEquals("AWS::CloudFormation::Stack"))
        {
            return stack.FindNested(logicalId, resource) is { } nested
                ? Of(nested)
                : [Unknown(stack, logicalId, "a nested stack whose template is not in the assembly, or nests itself")];
        }

        if (!JsonMembers.TryGet(resource, out var properties, "Properties"))
        {
            return [];
        }

        return ImageProperty
            .Of(type.ToString())
            .SelectMany(property => property.ValuesIn(properties, stack.Values))
            .Select(found => Of(stack, logicalId, type.ToString(), found));
    }

    private static TemplateImage Of(SynthesizedStack stack, string logicalId, string type, ImageValue found) =>
        found.Value is { } value
            ? new TemplateImage(stack, found.Container ?? logicalId, WithSuffix(stack.Values.TextOf(value)))
            {
                RunsOn = ContainerPlatform.Of(type, found, stack.Values),
                Requirements = ImageRequirements.Of(type, IsReachedByVpc(found, stack.Values)),
            }
            : Unknown(stack, found.Container ?? logicalId, "the list of containers is made at deployment");

    /// <summary>A literal region in a host determines <c>AWS::URLSuffix</c>, even if the stack leaves its own region open.</summary>
    private static Resolved WithSuffix(Resolved reference)
    {
        var end = reference.Text?.IndexOf($".{StackEnvironment.OpenSuffix}/", StringComparison.Ordinal) ?? -1;
        if (end < 0)
        {
            return reference;
        }

        var text = reference.Text!;
        var region = text[(text.LastIndexOf('.', end - 1) + 1)..end];
        return region == StackEnvironment.OpenRegion
            ? reference
            : Resolved.To(
                text.Replace(StackEnvironment.OpenSuffix, Oci.EcrAddress.SuffixOf(region), StringComparison.Ordinal)
            );
    }

    /// <summary>Whether SageMaker's <c>RepositoryAccessMode</c> for the image is <c>Vpc</c>.</summary>
    private static bool IsReachedByVpc(ImageValue image, TemplateValues values) =>
        image.FindAround("ImageConfig") is { } access
        && JsonMembers.TryGet(access, out var mode, "RepositoryAccessMode")
        && values.TextOf(mode).Text == "Vpc";

    private static TemplateImage Unknown(SynthesizedStack stack, string container, string reason) =>
        new(stack, container, Resolved.Unknown(reason));
}

/// <summary>A container image in a template.</summary>
/// <param name="Stack">The stack of the template.</param>
/// <param name="Container">The container's name, otherwise the logical id of the resource.</param>
/// <param name="Reference">The reference, as far as it is known.</param>
internal sealed record TemplateImage(SynthesizedStack Stack, string Container, Resolved Reference)
{
    /// <summary>The platform of the container; null if the template does not determine it.</summary>
    public Platform? RunsOn { get; init; }

    /// <summary>The requirements of the service that runs it.</summary>
    public ImageRequirements Requirements { get; init; } = ImageRequirements.None;
}
