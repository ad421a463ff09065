using Lading.Oci;
using Lading.Retention;
using Lading.Retention.Acting;
using Lading.Retention.Evidence;

namespace Lading.Tests.Retention.Model;

/// <summary>A run of <c>prune --apply</c>, call by call: a plan, then batches, each after reading again.</summary>
internal sealed class ModelPrune(ModelWorld world, Random random, ModelBug bug, ModelTally tally)
{
    private const int BatchSize = 3;

    private readonly ModelReader reader = new(world, random, bug, tally);
    private readonly Queue<Action> calls = new();
    private RetentionEvidence? planned;
    private int batchesLeft = -1;

    public bool IsDone => batchesLeft == 0 && calls.Count == 0;

    /// <summary>Whether a batch is in progress: what it is based on was read a moment ago.</summary>
    public bool IsActing => calls.Count > 0;

    public void Advance()
    {
        if (calls.TryDequeue(out var call))
        {
            call();
        }
        else if (batchesLeft < 0)
        {
            planned = reader.Read();
            Decide(planned);
            batchesLeft = random.Next(1, 4);
        }
        else
        {
            Begin(bug.DoesNotReadAgain ? planned! : reader.Read());
            batchesLeft--;
        }
    }

    private RetentionPlan Decide(RetentionEvidence evidence)
    {
        var plan = RetentionRules.Decide(evidence, bug.Policy(world.Policy));
        if (!ReferenceEquals(bug, ModelBug.None))
        {
            plan = plan with
            {
                Repositories =
                [
                    .. plan.Repositories.Select(repository =>
                        repository with
                        {
                            Images = [.. repository.Images.Select(bug.Decision)],
                        }
                    ),
                ],
            };
        }

        if (evidence.ReadAt == world.Now)
        {
            ModelOracle.Check(world, plan);
        }

        tally.Count(ModelEvent.Plan);
        return plan;
    }

    private void Begin(RetentionEvidence evidence)
    {
        var plan = Decide(evidence);
        tally.Count(ModelEvent.Batch);
        var today = UtcDay.Of(world.Now);
        var repository = world.Repositories[random.Next(world.Repositories.Count)];
        if (plan.Repositories.FirstOrDefault(each => each.Repository.Host == repository.Host) is not { } decided)
        {
            return;
        }

        var marking = RepositoryMarking.Of(decided, today, bug.SkipsGrace ? 0 : world.Policy.Grace.Days);
        var batch = marking
            .ToKeep.Take(BatchSize)
            .Select<StoredImage, Action>(image => () => Keep(repository, image, today))
            .Concat(
                Deletions(decided, marking, today).Select<StoredImage, Action>(image => () => Delete(repository, image))
            )
            .Concat(
                ToMark(decided, marking)
                    .Take(BatchSize)
                    .Select<StoredImage, Action>(image => () => Mark(repository, image, today))
            );
        foreach (var call in batch)
        {
            calls.Enqueue(call);
        }
    }

    private IEnumerable<StoredImage> ToMark(RepositoryPlan plan, RepositoryMarking marking) =>
        bug.MarksArchived
            ? plan.Images.Where(each => each.Image.IsArchived && !each.CameIntoUse).Select(each => each.Image)
            : marking.ToMark;

    private IEnumerable<StoredImage> Deletions(RepositoryPlan plan, RepositoryMarking marking, DateOnly today)
    {
        if (bug.SkipsGrace)
        {
            return plan.Images.Where(each => !each.IsKept).Select(each => each.Image);
        }

        var isOld = world.SharedMark is { } shared && shared.AddDays(world.Policy.Grace.Days) <= today;
        return bug.SharesMarks && isOld
            ? plan.Images.Where(each => !each.IsKept).Select(each => each.Image)
            : marking.ToDelete;
    }

    private void Mark(ModelRepository repository, StoredImage image, DateOnly today)
    {
        if (repository.Find(image.Digest) is { } held)
        {
            if (held.IsArchived)
            {
                throw new UnsafeActException($"an archived image was restored by its mark: {held.Content.Id}");
            }

            world.SharedMark ??= today;
            repository.Put(held.Content, world.Now, DeletionMark.ExpiredOn(today, image.Digest).Tag.Name);
            tally.Count(ModelEvent.Mark);
        }
    }

    private void Keep(ModelRepository repository, StoredImage image, DateOnly today)
    {
        if (repository.Find(image.Digest) is not { } held)
        {
            return;
        }

        if (bug.RemovesMarks)
        {
            foreach (var mark in held.Tags.Where(tag => DeletionMark.Find(tag) is not null).ToList())
            {
                Check(repository, repository.RemoveTag(mark));
            }

            return;
        }

        var tag = DeletionMark.Outranking(today, image.Digest, held.Tags).Tag.Name;
        repository.Put(held.Content, world.Now, tag);
        tally.Count(ModelEvent.KeptAgain);
    }

    /// <summary>
    /// Removes the tags that were read, the mark last: a tag that was added since then keeps the image.
    /// </summary>
    private void Delete(ModelRepository repository, StoredImage image)
    {
        var before = repository.Find(image.Digest);
        if (before is null)
        {
            return;
        }

        if (image.Tags.Count == 0 || bug.DeletesByDigest)
        {
            Check(repository, before.Tags.Count == 0 || bug.DeletesByDigest ? repository.Remove(before) : null);
            return;
        }

        foreach (var tag in image.Tags.OrderBy(tag => DeletionMark.Find(tag) is { IsKept: false }))
        {
            Check(repository, repository.RemoveTag(tag));
        }
    }

    private void Check(ModelRepository repository, Content? deleted)
    {
        if (deleted is not null)
        {
            tally.Count(ModelEvent.Deletion);
            if (deleted.Children.Count > 0)
            {
                tally.Count(ModelEvent.DeletionOfIndex);
            }
            else if (deleted.Subject is not null)
            {
                tally.Count(ModelEvent.DeletionOfReferrer);
            }

            ModelOracle.Check(world, repository, deleted);
        }
    }
}
