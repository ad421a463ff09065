using Lading.Aws.Ssm;
using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the records of all stacks of an account and region with one listing.</summary>
internal sealed class RecordFacts(FactGathering facts)
{
    private const string Root = "/lading";

    public async Task<IReadOnlyList<RecordEvidence>> ReadAsync(
        Func<string, bool> owns,
        CancellationToken cancellationToken
    )
    {
        var parameters = await facts
            .ListAsync(next => new GetParametersByPath(Root, next), Root, cancellationToken)
            .ConfigureAwait(false);
        var records = new List<RecordEvidence>();
        foreach (var parts in parameters.GroupBy(StackOf, StringComparer.Ordinal))
        {
            if (owns(parts.Key) && Read(parts.Key, [.. parts]) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private RecordEvidence? Read(string stack, IReadOnlyList<ParameterVersion> parts)
    {
        var name = StackRecord.ParameterOf(stack);
        var first = parts.FirstOrDefault(part => part.Name == name);
        if (first is null)
        {
            return null;
        }

        try
        {
            var texts = parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
            var count = RecordReader.PartsOf(first.Value, name);
            var ordered = Enumerable
                .Range(1, count)
                .Select(part => texts.GetValueOrDefault(StackRecord.ParameterOf(stack, part)))
                .OfType<string>()
                .ToList();
            return new RecordEvidence(
                stack,
                first.Version,
                first.WrittenAt,
                RecordReader.Read(ordered, name),
                new FactOrigin("ssm:GetParametersByPath", name, facts.Now)
            );
        }
        catch (LadingException e)
        {
            facts.Note("ssm:GetParametersByPath", name, $"the record {name}: {e.CameBack}", [stack]);
            return null;
        }
    }

    /// <summary>The stack of a parameter: <c>Shop</c> for <c>/lading/Shop/2</c>.</summary>
    private static string StackOf(ParameterVersion parameter) => parameter.Name[(Root.Length + 1)..].Split('/')[0];
}
