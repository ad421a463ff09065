namespace Lading.Shipping;

/// <summary>Receives the steps of a publication, and watches it to its end.</summary>
internal interface IPublishProgress : IProgress<ShippingEvent>
{
    /// <summary>The plan, before anything is done.</summary>
    void Planned(ShippingPlan plan);

    /// <summary>Waits for a publication that has started; may show its steps and its outcome.</summary>
    Task<PublishOutcome> WatchAsync(Task<PublishOutcome> publishing);
}
