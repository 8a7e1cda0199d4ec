package io.github.workqueue.sample;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The other side of the webhook. A digest may come twice, and a sender that was paused
 * may come late: the greater token wins.
 */
@RestController
@Profile("digests")
class DigestReceiver {

	private final Map<String, Digest> digests = new ConcurrentHashMap<>();

	@PostMapping("/digests")
	void receive(@RequestBody Digest digest) {
		this.digests.merge(digest.path(), digest, (known, sent) -> (sent.token() > known.token()) ? sent : known);
	}

	@GetMapping("/digests")
	Map<String, Digest> received() {
		return new TreeMap<>(this.digests);
	}

}
