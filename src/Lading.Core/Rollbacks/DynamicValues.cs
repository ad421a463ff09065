using System.Text.Json;

namespace Lading.Rollbacks;

/// <summary>Values that CloudFormation resolves again in an update although the template is the same.</summary>
internal static class DynamicValues
{
    private const string Resolve = "{{resolve:";

    /// <summary>Why a template cannot be deployed again unchanged, each as part of a sentence.</summary>
    /// <param name="template">The template.</param>
    /// <param name="changed">The logical ids of the resources that are updated.</param>
    public static IReadOnlyList<string> In(TemplateText template, IReadOnlyCollection<string> changed)
    {
        var found = new List<string>();
        if (
            template.Find("/Transform") is not null
            || template.Values.Any(value => value.Pointer.EndsWith("/Fn::Transform", StringComparison.Ordinal))
        )
        {
            found.Add("the template has a transform, which CloudFormation would run again");
        }

        found.AddRange(ResolvedFor(template, changed));
        return found;
    }

    /// <summary>
    /// The dynamic references that CloudFormation resolves again for the resources it updates, each as part of a
    /// sentence.
    /// </summary>
    /// <param name="template">The template.</param>
    /// <param name="changed">The logical ids of the resources.</param>
    public static IReadOnlyList<string> ResolvedFor(TemplateText template, IEnumerable<string> changed)
    {
        var found = new List<string>();
        foreach (var id in changed)
        {
            var texts = template
                .Below($"/Resources/{TemplateText.Escape(id)}")
                .Where(value => value.Kind == JsonValueKind.String)
                .Select(template.Raw);
            found.AddRange(
                texts.SelectMany(ReferencesIn).Distinct().Select(each => $"{id} would get what {each} says now")
            );
        }

        return found;
    }

    /// <summary>Parameters that are in use and resolve to a different value than in the last deployment.</summary>
    /// <param name="template">The template.</param>
    /// <param name="before">The values in the last deployment.</param>
    /// <param name="now">The values now.</param>
    public static IReadOnlyList<string> ChangedParameters(
        TemplateText template,
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> now
    ) =>
        [
            .. now.Where(parameter =>
                    before.TryGetValue(parameter.Key, out var was)
                    && was != parameter.Value
                    && IsUsed(template, parameter.Key)
                )
                .Select(parameter =>
                    $"parameter {parameter.Key} was {before[parameter.Key]} and comes to {parameter.Value} now"
                ),
        ];

    /// <summary>
    /// Whether anything but a rule refers to a parameter: only a rule refers to the bootstrap version.
    /// </summary>
    private static bool IsUsed(TemplateText template, string parameter) =>
        template.Values.Any(value =>
            value.Kind == JsonValueKind.String
            && !value.Pointer.StartsWith("/Rules/", StringComparison.Ordinal)
            && (
                (value.Pointer.EndsWith("/Ref", StringComparison.Ordinal) && template.Raw(value) == parameter)
                || (
                    value.Pointer.Contains("/Fn::Sub", StringComparison.Ordinal)
                    && template.Raw(value).Contains($"${{{parameter}}}", StringComparison.Ordinal)
                )
            )
        );

    /// <summary>Dynamic references without a fixed version (CloudFormation user guide, "Dynamic references").</summary>
    private static IEnumerable<string> ReferencesIn(string text)
    {
        for (
            var at = text.IndexOf(Resolve, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(Resolve, at + 1, StringComparison.Ordinal)
        )
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            var reference = end < 0 ? text[at..] : text[at..(end + 2)];
            var parts = reference.Trim('{', '}').Split(':');
            var isFixed = parts is ["resolve", "ssm" or "ssm-secure", _, var version] && version.All(char.IsAsciiDigit);
            if (!isFixed)
            {
                yield return reference;
            }
        }
    }
}
