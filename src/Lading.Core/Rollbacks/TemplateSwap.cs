using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lading.Records;

namespace Lading.Rollbacks;

/// <summary>A template with some images replaced, and nothing else changed.</summary>
internal sealed class TemplateSwap
{
    private readonly TemplateText template;
    private readonly Dictionary<TemplateValue, string> replacements = [];
    private readonly Dictionary<string, IReadOnlySet<string>> properties = new(StringComparer.Ordinal);
    private readonly List<ContainerNote> refused = [];

    private TemplateSwap(TemplateText template) => this.template = template;

    /// <summary>The new text.</summary>
    public string Text => template.With(replacements);

    /// <summary>The properties whose values are replaced, by logical id.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> Properties => properties;

    /// <summary>Containers whose image in the template is not a string that ends with its digest or tag.</summary>
    public IReadOnlyList<ContainerNote> Refused => refused;

    /// <summary>Replaces images, task counts and the record in a template.</summary>
    /// <param name="template">The deployed template.</param>
    /// <param name="swaps">Containers and their new images.</param>
    /// <param name="stack">The name of the top-level stack.</param>
    /// <param name="record">The new value of the record; null for a stack without one.</param>
    /// <param name="counts">Task counts that services keep, by logical id.</param>
    public static TemplateSwap Of(
        TemplateText template,
        IReadOnlyList<ImageSwap> swaps,
        string stack,
        StackRecord? record,
        IReadOnlyDictionary<string, int> counts
    )
    {
        var result = new TemplateSwap(template);
        foreach (var swap in swaps)
        {
            result.Replace(swap);
        }

        foreach (var (service, count) in counts)
        {
            result.Replace(
                service,
                $"{PropertiesOf(service)}/DesiredCount",
                count.ToString(CultureInfo.InvariantCulture)
            );
        }

        if (record is not null)
        {
            result.Replace(stack, record);
        }

        return result;
    }

    /// <summary>Points a nested stack to another template; in the same bucket, only the key changes.</summary>
    /// <param name="logicalId">The resource that is the nested stack.</param>
    /// <param name="before">The URL of the template before; null if it is unknown.</param>
    /// <param name="bootstrap">The bootstrap whose bucket has the new template.</param>
    /// <param name="key">The key of the new template.</param>
    public void Move(string logicalId, BucketAddress? before, Bootstrap bootstrap, string key)
    {
        var pointer = $"{PropertiesOf(logicalId)}/TemplateURL";
        var part =
            before?.Bucket == bootstrap.Bucket
                ? template
                    .Below(pointer)
                    .FirstOrDefault(value =>
                        value.Kind == JsonValueKind.String
                        && template.Raw(value).EndsWith($"/{before.Key}", StringComparison.Ordinal)
                    )
                : null;
        if (part is null)
        {
            Replace(logicalId, pointer, $"\"{bootstrap.AddressOf(key)}\"");
        }
        else
        {
            Replace(logicalId, part.Pointer, $"\"{template.Raw(part)[..^before!.Key.Length]}{key}\"");
        }
    }

    private static string PropertiesOf(string logicalId) => $"/Resources/{TemplateText.Escape(logicalId)}/Properties";

    private void Replace(ImageSwap swap)
    {
        var reference = swap.From;
        var suffix = reference.Digest is { } digest ? $"@{digest}" : $":{reference.Tag}";
        var found = WrittenImages
            .Of(template, PropertiesOf(swap.Container.LogicalId), swap.Container)
            .Where(value => template.Raw(value).EndsWith(suffix, StringComparison.Ordinal))
            .ToList();
        if (found.Count == 0)
        {
            refused.Add(
                new ContainerNote(
                    swap.Use,
                    "its image is not written in the template: it comes from a parameter, a mapping or another stack"
                )
            );
            return;
        }

        foreach (var value in found)
        {
            var raw = template.Raw(value)[..^suffix.Length];
            var tag = reference is { Digest: not null, Tag: { } named } ? $":{named}" : "";
            raw = tag.Length > 0 && raw.EndsWith(tag, StringComparison.Ordinal) ? raw[..^tag.Length] : raw;
            Replace(swap.Container.LogicalId, value.Pointer, $"\"{raw}@{swap.To}\"");
        }
    }

    private void Replace(string stack, StackRecord record)
    {
        var texts = RecordWriter.Write(record);
        for (var part = 1; FindParameter(StackRecord.ParameterOf(stack, part)) is { } parameter; part++)
        {
            if (part > texts.Count)
            {
                throw TooLong(stack, texts.Count);
            }

            var written = JsonEncodedText.Encode(texts[part - 1], JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
            Replace(parameter, $"{PropertiesOf(parameter)}/Value", $"\"{written}\"");
            if (FindParameter(StackRecord.ParameterOf(stack, part + 1)) is null && texts.Count > part)
            {
                throw TooLong(stack, texts.Count);
            }
        }
    }

    private static LadingException TooLong(string stack, int parts) =>
        new(
            $"Could not go back in {stack}",
            $"its record would need {parts} parameters of SSM, and the template has another number",
            "Go back with git revert and lading deploy; please report this, with the record.",
            FailureKind.CheckFailed
        );

    /// <summary>The logical id of the SSM parameter with a given name; null if the template has none.</summary>
    private string? FindParameter(string name) =>
        template
            .ChildrenOf("/Resources")
            .FirstOrDefault(resource =>
                template.TextOf(template.Find($"{resource}/Type")) == "AWS::SSM::Parameter"
                && template.TextOf(template.Find($"{resource}/Properties/Name")) == name
                && template.Find($"{resource}/Properties/Value") is { Kind: JsonValueKind.String }
            )
            ?["/Resources/".Length..];

    private void Replace(string logicalId, string pointer, string text)
    {
        if (template.Find(pointer) is not { } value || template.Raw(value) == text.Trim('"'))
        {
            return;
        }

        replacements[value] = text;
        var property = pointer[(PropertiesOf(logicalId).Length + 1)..].Split('/')[0];
        properties[logicalId] = properties.GetValueOrDefault(logicalId) is { } known
            ? new HashSet<string>(known, StringComparer.Ordinal) { property }
            : new HashSet<string>(StringComparer.Ordinal) { property };
    }
}
