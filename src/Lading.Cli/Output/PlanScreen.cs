using Lading.Fingerprints;
using Lading.Shipping;

namespace Lading.Cli.Output;

/// <summary>The output of <c>plan</c>.</summary>
internal static class PlanScreen
{
    public static void Show(Terminal terminal, ShippingPlan plan, bool offline)
    {
        var table = new TextTable();
        foreach (var image in plan.Images)
        {
            table.Add(image.Name, Identifiers.Short(image.SourceTag), What(plan, image, offline), Why(image));
        }

        terminal.ResultTable(table);
        foreach (var repository in plan.MissingRepositories)
        {
            terminal.Result($"  would create repository {repository}");
        }

        foreach (var image in plan.Images.Where(image => image.Note is not null))
        {
            terminal.Narrate($"  {image.Name}: {image.Note}");
        }

        foreach (var note in plan.Notes)
        {
            terminal.Warn(note.ToString());
        }

        Bases(terminal, plan);

        var counts = plan
            .Images.GroupBy(image => image.Action)
            .ToDictionary(group => group.Key, group => group.Count());
        string[] parts =
        [
            Count(plan.Images.Count, "image"),
            .. Part(counts, ShippingAction.Reuse, "reused"),
            .. Part(counts, ShippingAction.Adopt, "to adopt"),
            .. Part(counts, ShippingAction.Build, "to build"),
            .. Part(counts, ShippingAction.Copy, "to copy"),
        ];
        terminal.Result($"\n  {string.Join(" · ", parts)}{(offline ? " · no registry was asked" : "")}");
    }

    /// <summary>Shows one line for each base, however many images use it.</summary>
    private static void Bases(Terminal terminal, ShippingPlan plan)
    {
        var unpinned =
            from image in plan.New
            from input in image.Image.Inputs.Bases
            where input.IsUnpinned
            group image.Name by input.Reference;
        foreach (var each in unpinned)
        {
            terminal.Narrate($"  base {each.Key} is unpinned ({string.Join(", ", each)}): lading bases update");
        }

        var unseen =
            from image in plan.Images
            let unseenBase = (image.Image.Inputs as BuiltInputs)?.Narrowing.UnseenBase
            where
                unseenBase is not null
                && !image.Image.Inputs.Bases.Any(input => input.IsUnpinned && input.Reference == unseenBase)
            group image.Name by unseenBase;
        foreach (var each in unseen)
        {
            terminal.Narrate(
                $"  base {each.Key} was never inspected, so the whole context counts ({string.Join(", ", each)}): lading bases update"
            );
        }
    }

    private static IEnumerable<string> Part(
        Dictionary<ShippingAction, int> counts,
        ShippingAction action,
        string words
    ) => counts.TryGetValue(action, out var count) ? [$"{count} {words}"] : [];

    private static string What(ShippingPlan plan, PlannedImage image, bool offline) =>
        image.Action switch
        {
            ShippingAction.Reuse => "[green]in the registry[/]",
            ShippingAction.Adopt => "adopt",
            ShippingAction.Copy when plan.Environment.PromoteFrom is { } origin => $"copy from {origin}",
            ShippingAction.Copy => "mirror",
            _ => offline ? "build, unless the registry has it" : "[yellow]build[/]",
        };

    private static string Why(PlannedImage image)
    {
        var inputs = image.Image.Inputs.FileCount;
        var files = inputs == 0 ? "" : Count(inputs, "input");
        return image.Digest is { } digest ? $"{Identifiers.Short(digest)}  {files}" : files;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
