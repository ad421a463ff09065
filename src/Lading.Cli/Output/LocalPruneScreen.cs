using Lading.Retention.Local;

namespace Lading.Cli.Output;

/// <summary>What <c>lading prune --apply</c> removed from an embedded registry.</summary>
internal static class LocalPruneScreen
{
    public static void Show(Terminal terminal, IReadOnlyList<RemovedImages> removed)
    {
        var images = removed.Sum(each => each.Images.Count);
        var freed = removed.Sum(each => each.FreedBytes);
        var kept = removed.Sum(each => each.Spared.Count);
        var table = new TextTable();
        foreach (var each in removed.Where(each => each.Images.Count > 0))
        {
            table.Add(
                each.Repository.Value,
                FormattableString.Invariant($"deleted {each.Images.Count}"),
                Amount.OfBytes(each.FreedBytes)
            );
        }

        if (!table.IsEmpty)
        {
            terminal.ResultTable(table);
            terminal.Result("");
        }

        var spared =
            kept > 0
                ? FormattableString.Invariant(
                    $" · {kept} spared, since {PruneOutcomeScreen.They(kept)} came into use meanwhile"
                )
                : "";
        terminal.Result(
            images == 0 && freed == 0
                ? $"  Nothing was deleted{spared}."
                : FormattableString.Invariant(
                    $"  {Words.Images(images)} deleted · {Amount.OfBytes(freed)} freed{spared}"
                )
        );
    }
}
