"""What must not break us: each fault by its number, with the tests that make it, or why it has none."""

from __future__ import annotations

COVERED = {
    "1 stream that unpacks without end": ["test_hostile.test_a_file_that_draws_nothing_is_refused_and_is_not_sent_to"],
    "2 large stream on many pages": ["test_hostile.test_a_bomb_on_fifty_pages_ends_within_its_time"],
    "3 operators without end": ["test_hostile.test_the_characters_of_a_page_are_bounded_and_it_is_said"],
    "4 string without end": ["test_hostile.test_the_characters_of_a_page_are_bounded_and_it_is_said"],
    "5 nested forms": ["test_hostile.test_a_million_nested_calls_end_within_their_limits_and_the_next_file_goes_on"],
    "6 page trees": [
        "test_hostile.test_a_file_that_draws_nothing_is_refused_and_is_not_sent_to",
        "test_hostile.test_a_file_of_far_too_many_pages_is_refused_at_once",
    ],
    "7 no PDF, or half of one": [
        "test_adding.test_what_is_no_readable_report_fails_in_words",
        "test_hostile.test_a_file_that_was_cut_short_is_damaged",
    ],
    "8 wrong structure": ["test_hostile.test_a_file_with_a_wrong_structure_is_read_to_the_same_text"],
    "9 locked files": [
        "test_adding.test_an_empty_password_is_no_lock_and_any_other_is_refused_in_words",
        "test_hostile.test_a_password_opens_a_locked_file_and_a_wrong_one_is_refused",
        "test_faults.test_a_locked_file_names_the_package_that_is_missing_to_open_it",
    ],
    "10 scans": [
        "test_adding.test_a_pdf_without_text_on_any_page_is_failed_and_never_indexed_as_empty",
        "test_failures.test_words_that_run_together_are_seen_although_some_spaces_are_left",
    ],
    "11 text unlike the page": ["test_failures.test_letters_stored_as_other_ones_than_are_drawn_are_seen"],
    "12 hidden text": [
        "test_adding.test_words_that_no_reader_can_see_are_left_out_and_reported",
        "test_many_and_others.test_words_that_are_drawn_for_nobody_are_in_no_passage_and_are_reported",
    ],
    "13 characters without a form": ["test_hostile.test_a_character_without_a_form_of_its_own_is_in_no_text"],
    "14 hyphens, ligatures, columns, heads": [
        "test_pages.test_note_marks_soft_hyphens_and_ligatures_are_resolved",
        "test_pages.test_two_columns_are_read_one_after_the_other",
        "test_pages.test_running_heads_and_counters_are_kept_out_of_the_text",
    ],
    "15 a reader that dies, grows or hangs": [
        "test_hostile.test_a_reader_that_is_killed_fails_its_file_alone",
        "test_hostile.test_a_reader_that_hangs_is_ended_and_leaves_no_process",
        "test_adding.test_a_reader_that_needs_too_much_memory_is_ended",
    ],
    "16 a file that changes": ["test_hostile.test_a_file_that_is_rewritten_while_it_is_read_fails_in_words"],
    "17 links, pipes, devices, odd names": [
        "test_adding.test_a_folder_gives_its_readable_files_and_nothing_outside_it",
        "test_hostile.test_what_is_no_ordinary_file_is_refused",
        "test_adding.test_names_are_shown_without_control_characters",
    ],
    "18 copies": [
        "test_adding.test_the_same_bytes_under_another_name_are_unchanged",
        "test_adding.test_a_changed_file_replaces_its_edition",
    ],
    "19 archives": [
        "test_formats.test_a_word_file_that_could_do_harm_is_refused",
        "test_formats.test_a_link_in_the_archive_of_a_word_file_is_refused",
    ],
    "20 texts over the limit": [
        "test_passages.test_no_passage_is_over_the_limit_and_no_word_is_lost",
        "test_faults.test_a_text_without_a_space_is_cut_within_the_limit_and_loses_no_letter",
    ],
    "21 empty texts and vectors": [
        "test_adding.test_what_is_no_readable_report_fails_in_words",
        "test_index.test_a_vector_without_direction_is_never_stored",
    ],
    "22 other weights": [
        "test_faults.test_weights_with_one_byte_changed_are_another_embedder",
        "test_answers.test_an_index_of_another_embedder_is_never_searched",
    ],
    "23 one text many times": ["test_many_and_others.test_one_text_in_two_thousand_places_is_one_vector"],
    "24 updates in place": ["test_index.test_after_any_other_change_nothing_is_taken_over"],
    "25 killed while adding": [
        "test_kills.test_what_was_added_before_a_kill_is_there_after_it",
        "test_never_half.test_what_a_killed_run_left_among_the_originals_takes_its_place_or_goes",
    ],
    "26 two that write": [
        "test_interrupted.test_a_second_program_that_adds_is_refused_at_once_in_words",
        "test_interrupted.test_of_two_commands_that_add_at_once_one_is_refused",
    ],
    "27 a reader in another process": ["test_many_and_others.test_a_reader_in_another_program_sees_a_new_generation"],
    "28 fork": ["test_faults.test_no_process_is_ever_forked"],
    "29 a locked library": ["test_never_half.test_a_library_locked_by_another_program_is_an_error_within_ten_seconds"],
    "30 no room, or no leave to write": [
        "test_never_half.test_a_full_disk_is_told_with_its_path_and_leaves_nothing_half",
        "test_faults.test_a_disk_too_full_for_the_next_index_is_told_with_its_path_and_the_old_one_serves",
        "test_faults.test_a_folder_that_may_not_be_written_is_named",
    ],
    "31 a damaged index": [
        "test_index.test_a_damaged_generation_is_an_error_in_words_and_counts_as_stale",
        "test_index.test_a_changed_byte_in_any_file_of_a_generation_is_found_before_it_is_opened",
        "test_faults.test_a_changed_byte_in_chroma_s_own_database_is_harmless_or_an_error_in_words",
    ],
    "32 a damaged library": [
        "test_backups.test_a_library_that_was_cut_in_half_says_how_to_put_a_backup_back",
        "test_adding.test_a_page_that_was_changed_in_the_library_is_found",
    ],
    "33 more than fits one call": [
        "test_index.test_more_vectors_than_chroma_takes_at_once_are_all_reached",
        "test_many_and_others.test_more_keys_than_sqlite_takes_in_one_statement_are_split_by_us",
    ],
    "34 a folder of another Chroma": ["test_faults.test_an_index_of_another_chroma_is_made_anew"],
    "36 clocks and generations": [
        "test_faults.test_whatever_the_clock_says_the_last_generation_is_the_one_in_use",
        "test_faults.test_while_generations_follow_each_other_every_reader_has_one_of_them_whole",
    ],
    "37 instructions in reports": [
        "test_attacks.test_no_attack_of_a_few_comes_through",
        "test_attacks.test_no_attack_of_the_whole_set_comes_through",
        "test_chat_models.test_what_a_report_orders_reaches_the_model_as_data_between_marks",
        "test_chat_models.test_a_model_that_obeys_a_report_is_caught",
    ],
    "38 forged marks": [
        "test_attacks.test_no_attack_of_a_few_comes_through",
        "test_attacks.test_no_attack_of_the_whole_set_comes_through",
        "test_judge.test_a_sentence_is_judged_by_what_it_cites",
    ],
    "39 a model that cites wrongly": [
        "test_chat_models.test_what_its_citation_does_not_say_is_marked_or_dropped",
        "test_chat_models.test_where_the_model_fails_the_reports_own_sentences_stand_in",
    ],
    "40 a model that changes what is said": [
        "test_chat_models.test_what_its_citation_does_not_say_is_marked_or_dropped",
        "test_judge.test_a_negation_put_into_a_sentence_is_caught",
        "test_judge.test_a_digit_changed_in_a_sentence_is_caught",
        "test_judge.test_a_country_swapped_in_a_sentence_is_caught",
        "test_verify.test_two_sentences_spliced_are_caught",
    ],
    "41 a model that fails": ["test_chat_models.test_where_the_model_fails_the_reports_own_sentences_stand_in"],
    "42 questions without an answer": [
        "test_gate.",
        "test_sides.test_a_false_premise_is_answered_by_the_sentence_that_says_otherwise",
    ],
    "43 copies and contradictions": [
        "test_finding.test_copies_that_outvote_a_finding_are_told_apart_from_it",
        "test_disagreements.test_two_reports_with_another_share_for_one_thing_are_both_shown_with_their_years",
        "test_attacks.test_no_attack_of_the_whole_set_comes_through",
    ],
    "44 words on a single person": [
        "test_faults.test_a_page_that_says_who_a_victim_is_is_told_of",
        "test_quiet.test_no_question_answer_or_text_is_in_any_log_at_any_level",
    ],
    "45 harm, danger, honest questions": [
        "test_reception.test_a_cry_for_help_is_heard",
        "test_reception.test_what_must_not_be_done_is_declined_however_it_is_dressed",
        "test_reception.test_an_honest_question_about_methods_goes_on",
    ],
    "46 markup": [
        "test_web_page.test_markup_in_questions_titles_and_passages_stays_text",
        "test_web_page.test_markup_on_a_permanent_page_stays_text",
        "test_room_quotes.test_markup_in_the_words_and_in_the_report_stays_text",
        "test_web_library.test_markup_in_a_report_stays_text",
    ],
    "47 uploads that nobody asked for": [
        "test_web_documents.test_nothing_of_gradio_is_open_but_what_the_page_loads",
        "test_web_shelving.test_a_file_that_is_announced_as_too_large_is_not_read",
        "test_web_shelving.test_a_file_that_grows_too_large_is_dropped_as_it_comes",
        "test_web_shelving.test_no_other_site_has_the_library_changed",
    ],
    "48 files that nobody may have": [
        "test_web_documents.test_nothing_of_gradio_is_open_but_what_the_page_loads",
        "test_web_server.test_no_file_of_the_folder_it_was_started_in_is_served",
        "test_web_server.test_its_working_folder_is_empty",
    ],
    "49 many clients": [
        "test_web_api.test_one_question_too_many_is_sent_away_and_its_place_is_free_again",
        "test_web_rates.test_who_asks_too_often_is_told_when_to_go_on",
        "test_web_page.test_stop_ends_an_answer_and_lets_the_assistant_go",
    ],
    "50 questions that are too much": [
        "test_web_api.test_a_wrong_question_is_refused_in_one_sentence",
        "test_web_api.test_a_large_body_is_refused_before_it_is_read_whole",
        "test_faults.test_a_conversation_of_a_hundred_thousand_turns_is_refused_before_any_work",
    ],
    "53 known weaknesses": ["test_supply.test_no_part_is_older_than_the_version_that_is_free_of_a_known_weakness"],
    "54 signals and surroundings": [
        "test_interrupted.test_the_command_ends_with_130_and_says_what_was_added_at_whatever_stage",
        "test_web_server.test_the_server_prints_its_address_lives_before_its_assistant_and_ends_cleanly",
        "test_web_server.test_a_server_told_to_stop_before_it_is_open_does_not_open",
        "test_faults.test_the_passages_are_the_same_whatever_the_surroundings",
    ],
}

NOT_COVERED = {
    "35 servers of vectors": "there are none: the library is a file, and its index is opened in the process",
    "51 who may use which route": "there is no sign-in: the server listens on loopback alone, and whoever is there may",
    "52 Chroma's own server": "it is never started: Chroma is opened in the process, and is handed vectors alone",
}
