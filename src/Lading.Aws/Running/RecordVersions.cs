using Lading.Aws.Ssm;
using Lading.Records;
using Lading.Running.Evidence;

namespace Lading.Aws.Running;

/// <summary>Reads the versions of a stack's record in SSM.</summary>
internal sealed class RecordVersions(FactGathering facts)
{
    /// <summary>All versions; for a record in several parts, those of one generation are combined (docs/records.md).</summary>
    public async Task<IReadOnlyList<RecordEvidence>> ReadAsync(string stack, CancellationToken cancellationToken)
    {
        var name = StackRecord.ParameterOf(stack);
        var first = await ReadVersionsAsync(name, cancellationToken).ConfigureAwait(false);
        var others = new Dictionary<int, List<ParameterVersion>>();
        var records = new List<RecordEvidence>();
        foreach (var version in first)
        {
            var source = $"{name}:{version.Version}";
            try
            {
                var texts = new List<string> { version.Value };
                for (var part = 2; part <= RecordReader.PartsOf(version.Value, source); part++)
                {
                    if (!others.TryGetValue(part, out var versions))
                    {
                        versions = await ReadVersionsAsync(StackRecord.ParameterOf(stack, part), cancellationToken)
                            .ConfigureAwait(false);
                        others.Add(part, versions);
                    }

                    var generation = RecordReader.GenerationOf(version.Value);
                    texts.AddRange(
                        versions
                            .Where(each => RecordReader.GenerationOf(each.Value) == generation)
                            .Select(each => each.Value)
                            .Take(1)
                    );
                }

                records.Add(
                    new RecordEvidence(
                        stack,
                        version.Version,
                        version.WrittenAt,
                        RecordReader.Read(texts, source),
                        new FactOrigin("ssm:GetParameterHistory", name, facts.Now)
                    )
                );
            }
            catch (LadingException e)
            {
                facts.Note("ssm:GetParameterHistory", name, $"the record {source}: {e.CameBack}", [source]);
            }
        }

        return records;
    }

    private Task<List<ParameterVersion>> ReadVersionsAsync(string name, CancellationToken cancellationToken) =>
        facts.ListAsync(next => new GetParameterHistory(name, next), name, cancellationToken);
}
