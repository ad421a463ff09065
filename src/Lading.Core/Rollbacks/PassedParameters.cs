using System.Text.Json;
using Lading.Checking.Templates;

namespace Lading.Rollbacks;

/// <summary>
/// Finds the parameters of a nested stack that change because of an allowed change in its parent, such as the ARN of a task definition
/// that is passed to the schedule that starts it.
/// </summary>
internal static class PassedParameters
{
    /// <summary>Finds the parameters that change because of the parent's allowed changes.</summary>
    /// <param name="parent">The template that nests the stack.</param>
    /// <param name="logicalId">The resource that is the nested stack.</param>
    /// <param name="decided">The changes of the parent.</param>
    /// <param name="own">The result for the parent's own parameters, if it is nested too.</param>
    /// <returns>For each such parameter, by name, whether the resource it comes from is replaced.</returns>
    public static IReadOnlyDictionary<string, bool> Of(
        TemplateText parent,
        string logicalId,
        DecidedChanges decided,
        IReadOnlyDictionary<string, bool> own
    )
    {
        var unwanted = decided.Unwanted.Select(each => each.Change.LogicalId).ToHashSet(StringComparer.Ordinal);
        var parametersPointer = $"/Resources/{TemplateText.Escape(logicalId)}/Properties/Parameters";
        var passed = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var parameter in parent.ChildrenOf(parametersPointer))
        {
            var names = parent.Below(parameter).SelectMany(value => NamesIn(parent, value)).ToList();
            var causes = names.Where(name => decided.Allowed.ContainsKey(name) || own.ContainsKey(name)).ToList();
            if (causes.Count > 0 && !names.Exists(unwanted.Contains))
            {
                passed[parameter[(parametersPointer.Length + 1)..]] = causes.Exists(name =>
                    decided.Allowed.GetValueOrDefault(name)?.IsReplaced ?? own[name]
                );
            }
        }

        return passed;
    }

    /// <summary>The resources and parameters that an intrinsic function refers to.</summary>
    private static IEnumerable<string> NamesIn(TemplateText template, TemplateValue value)
    {
        if (value.Kind != JsonValueKind.String)
        {
            return [];
        }

        var text = template.TextOf(value)!;
        return value.Pointer switch
        {
            var pointer when Is(pointer, "/Ref") => [text],
            var pointer when Is(pointer, "/Fn::GetAtt") || Is(pointer, "/Fn::GetAtt/0") => [text.Split('.')[0]],
            var pointer when Is(pointer, "/Fn::Sub") || Is(pointer, "/Fn::Sub/0") => SubPart
                .PartsOf(text)
                .Where(part => part.IsVariable)
                .Select(part => part.Text.Split('.')[0]),
            _ => [],
        };
    }

    private static bool Is(string pointer, string end) => pointer.EndsWith(end, StringComparison.Ordinal);
}
